"""Runs a program on a terminal of its own: what it writes goes to our output, what we read is typed there.
   python3 terminal.py program argument ...
Ends with the program's exit code; when our input closes, the terminal is hung up."""
import fcntl
import os
import pty
import select
import struct
import sys
import termios

child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

sources = [terminal, 0]
while terminal in sources:
    for ready in select.select(sources, [], [])[0]:
        try:
            data = os.read(ready, 65536)
        except OSError:
            # Linux reports so that nobody has the other end open any more.
            data = b""
        if ready == terminal and data:
            os.write(1, data)
        elif ready == terminal:
            sources.remove(terminal)
        elif data:
            os.write(terminal, data)
        else:
            sources.remove(0)
            os.close(terminal)
            sources.clear()
            break
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) % 256)
