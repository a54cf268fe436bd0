#!/bin/sh
# Says how to look at the site in folder $1 with what this machine has.
set -eu
folder=$1
echo
if command -v python3 >/dev/null 2>&1; then
    echo "To look at it:  python3 -m http.server --bind 127.0.0.1 --directory $folder 8000"
elif command -v busybox >/dev/null 2>&1; then
    echo "To look at it:  busybox httpd -f -p 127.0.0.1:8000 -h $folder"
else
    echo "$folder/ is ready for any web server; for a quick look install python3 and run"
    echo "                python3 -m http.server --bind 127.0.0.1 --directory $folder 8000"
fi
echo "and open        http://localhost:8000/   (Ctrl-C ends it)"
