#!/bin/sh
# Proves the table of DESIGN section 4: which folder of src/ may include which, which source may
# include which library's header, that includes form no cycle and that each header compiles alone.
# Prints one line for each breach and fails if there was one.
# Takes CC, FLAGS and LIBRARIES from the Makefile.
set -eu
breaches=$(mktemp)
trap 'rm -f "$breaches"' EXIT

# shellcheck disable=SC2016 # awk expands these, not the shell
find src -name '*.[ch]' | LC_ALL=C sort | xargs awk '
BEGIN {
    # A floor and what it may include besides itself.
    floor["base"] = ""
    floor["lang"] = "base"
    floor["source"] = "base"
    floor["site"] = "lang source base"
    floor["pages"] = "site lang source base"
    floor["publish"] = "base"
    floor["build"] = "pages publish site lang source base"
    floor["review"] = "build pages publish site lang source base"
    floor["serve"] = "build pages publish site lang source base"
    floor["pictures"] = "base"
    floor["cli"] = "review serve build pages publish site lang source base"

    # A library header and the sources, by the front of their path, that may include it.
    library["yaml.h"] = "src/lang/yaml"
    library["cmark.h"] = "src/lang/markdown"
    library["gumbo.h"] = "src/lang/sanitise"
    library["utf8proc.h"] = "src/lang/slug src/lang/collation src/lang/fold src/lang/confusable"
    library["git2.h"] = "src/source/"
    library["git2/sys/odb_backend.h"] = "src/source/overlay"
    library["libstemmer.h"] = "src/pages/search"
    library["curl/curl.h"] = "src/build/"
    library["microhttpd.h"] = "src/serve/"
    library["sys/inotify.h"] = "src/serve/watch"
    library["sys/signalfd.h"] = "src/serve/"
    library["sys/socket.h"] = "src/serve/listen src/build/outside/ask"
    library["netinet/in.h"] = "src/serve/listen src/build/outside/ask"
    library["poll.h"] = "src/serve/ src/build/picture_client"
    library["spawn.h"] = "src/build/picture_client"
    library["vips/vips.h"] = "src/pictures/make"
    library["fontconfig/fontconfig.h"] = "src/pictures/fonts"
    library["sys/prctl.h"] = "src/pictures/confine"
    library["sys/syscall.h"] = "src/pictures/confine"
    library["linux/audit.h"] = "src/pictures/confine"
    library["linux/filter.h"] = "src/pictures/confine"
    library["linux/seccomp.h"] = "src/pictures/confine"
    library["libdeflate.h"] = "src/publish/compression"
    library["brotli/encode.h"] = "src/publish/compression"
    library["zstd.h"] = "src/publish/compression"
    # Locks live in the pool and the one shared memory of bodies only, the disk is reached through fs only.
    library["pthread.h"] = "src/base/pool src/site/bodies"
    library["link.h"] = "src/base/program src/pictures/make"
    library["dirent.h"] = "src/base/fs"
    library["sys/mman.h"] = "src/base/region src/base/fs src/base/aside"
    library["sys/stat.h"] = "src/base/fs"

    # The headers of the C library that any floor may use.
    split("assert ctype errno fcntl float inttypes langinfo limits locale math setjmp signal " \
          "stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib string strings time " \
          "unistd wchar sys/ioctl sys/resource sys/time sys/types sys/file sys/wait sched",
          names, " ")
    for (i in names) standard[names[i] ".h"] = 1
}
function part(path, n,   parts) { split(path, parts, "/"); return parts[n] }
function breach(text) { print FILENAME ":" FNR ": " text }
function allowed(path, fronts,   list, i, n) {
    n = split(fronts, list, " ")
    for (i = 1; i <= n; i++) if (index(path, list[i]) == 1) return 1
    return 0
}
FNR == 1 { own = part(FILENAME, 2); if (!(own in floor)) breach("no floor is called " own) }
/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\""); path = quoted[2]
    if (path !~ /\//) { breach("\"" path "\" is to be included by its path, \"" own "/" path "\""); next }
    to = part(path, 1)
    if (to != own && index(" " floor[own] " ", " " to " ") == 0)
        breach("src/" own " may not include " path " (it may: " floor[own] ")")
    edges[FILENAME] = edges[FILENAME] " src/" path
}
/^[ \t]*#[ \t]*include[ \t]*</ {
    split($0, angle, /[<>]/); path = angle[2]
    if (path in library) {
        seen[path] = 1
        if (!allowed(FILENAME, library[path])) breach("<" path "> is for " library[path] " alone")
    } else if (!(path in standard)) breach("<" path "> is in no list of tools/check-floors.sh")
}
# Depth first; a file met again on the way down closes a cycle.
function visit(file,   list, i, n) {
    state[file] = 1
    n = split(edges[file], list, " ")
    for (i = 1; i <= n; i++) {
        if (state[list[i]] == 1) print list[i] ": includes itself by way of " file
        else if (!(list[i] in state)) visit(list[i])
    }
    state[file] = 2
}
END { for (file in edges) if (!(file in state)) visit(file) }
' >"$breaches"

# A library that is linked must be used, and one that is used must be linked.
header_of() {
    case $1 in
    libmicrohttpd) echo microhttpd.h ;;
    libcmark) echo cmark.h ;;
    yaml-0.1) echo yaml.h ;;
    libgit2) echo git2.h ;;
    libutf8proc) echo utf8proc.h ;;
    gumbo) echo gumbo.h ;;
    stemmer) echo libstemmer.h ;;
    libcurl) echo curl/curl.h ;;
    libdeflate) echo libdeflate.h ;;
    libbrotlienc) echo brotli/encode.h ;;
    libzstd) echo zstd.h ;;
    *) echo "Makefile: $1 has no header in tools/check-floors.sh" >>"$breaches" ;;
    esac
}
for library in ${LIBRARIES:-}; do
    header=$(header_of "$library")
    grep -rqF "<$header>" src || echo "Makefile: $library is linked, but nothing includes <$header>" >>"$breaches"
done

# The disk is reached through src/base/fs*.c alone: a test can then make any of it fail.
grep -rnE '(^|[^a-zA-Z0-9_>.])(fopen|open|openat|creat|mkdir|mkdirat|rename|renameat|unlink|unlinkat|opendir|stat|lstat|fstatat|truncate|ftruncate|fsync|mkstemp|mkdtemp|chdir) *\(' \
    --include='*.c' src | grep -vE '^src/(base/fs|pictures/)|^[^:]*:[0-9]*: *(/\*|\*)' |
    sed 's/^/the disk is reached through base\/fs.h alone: /' >>"$breaches" || :

for header in $(find src -name '*.h' | LC_ALL=C sort); do
    # FLAGS holds several.
    # shellcheck disable=SC2086
    printf '#include "%s"\nstruct not_empty;\n' "${header#src/}" |
        ${CC:-cc} ${FLAGS:--std=c11 -D_GNU_SOURCE -Isrc} -Werror -fsyntax-only -x c - 2>&1 |
        sed "s|^|$header does not compile alone: |" >>"$breaches"
done

if [ -s "$breaches" ]; then
    cat "$breaches" >&2
    echo "check-floors: $(wc -l <"$breaches") breaches" >&2
    exit 1
fi
echo "check-floors: $(find src -name '*.[ch]' | wc -l) files keep to their floors"
