"""Types into a real shell, on a terminal of its own, and prints what the Tab key made of each line.

    complete.py bash|zsh|fish SHARE FOLDER <LINES

SHARE is the share/ of an installation, FOLDER where the shell starts. Each line of standard input is
typed and Tab pressed behind it; one line comes out for each: the command line as it then is.
"""
import os
import pty
import re
import select
import sys
import time

PATIENCE = 30  # seconds for one line; only a shell that hangs takes as long


def start(shell, share, folder):
    """The shell's terminal, and what to type first."""
    commands = {
        "bash": (["bash", "--norc", "--noprofile", "-i"],
                 f"PS1='% '; bind 'set bell-style none'; . '{share}/bash-completion/completions/copse'"),
        "zsh": (["zsh", "-f", "-i"],
                f"PS1='%% '; unsetopt zle_bracketed_paste auto_remove_slash beep; bindkey -e; "
                f"fpath=('{share}/zsh/site-functions' $fpath); autoload -Uz compinit; compinit -u -D"),
        "fish": (["fish", "--private"], "function fish_prompt; echo '% '; end; set -g fish_greeting"),
    }
    arguments, first = commands[shell]
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.environ.update(TERM="xterm", LC_ALL="C.UTF-8", XDG_DATA_DIRS=f"{share}:/usr/share",
                          XDG_CONFIG_HOME=f"{folder}/.none", XDG_CACHE_HOME=f"{folder}/.none",
                          HISTFILE="/dev/null")
        os.execvp(arguments[0], arguments)
    return terminal, first


def plain(text):
    """Without what only moves the cursor or colours."""
    text = re.sub(r"\x1b\][^\x07\x1b]*(\x07|\x1b\\)", "", text)
    text = re.sub(r"\x1b[\[(][0-9;?=>]*[A-Za-z]?", "", text)
    return re.sub(r"\x1b.", "", text)


def wait(terminal, pattern, so_far=""):
    """Reads until the pattern was printed."""
    text = so_far
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 0.5)
        if ready:
            try:
                text += os.read(terminal, 65536).decode("utf-8", "replace")
            except OSError:
                break
        found = re.search(pattern, plain(text), re.M)
        if found:
            return found
    sys.exit(f"the shell did not answer; it printed:\n{plain(text)}")


def main():
    shell, share, folder = sys.argv[1:]
    terminal, first = start(shell, share, folder)
    os.write(terminal, (first + "\recho rea''dy\r").encode())
    wait(terminal, r"^\r?ready")
    for number, line in enumerate(sys.stdin.read().splitlines()):
        # The mark behind what Tab made, then to the line's start, where echo makes words of it all.
        os.write(terminal, f"{line}\t E{number}E\x01echo B{number}''B \r".encode())
        print(wait(terminal, rf"^\r?B{number}B (.*?) *E{number}E").group(1).strip())
    os.write(terminal, b"exit\r")


main()
