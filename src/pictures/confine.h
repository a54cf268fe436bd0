/* copse-pictures gives up what it does not need before it reads a stranger's byte.
 *
 * Limits (setrlimit): memory, processor time, no files written, no core, no further descriptors.
 * Then, on Linux on x86-64 and arm64, a seccomp filter that lets through reading and writing what
 * is open, memory, threads, clocks and leaving; everything else (sockets, files, processes) fails
 * with EPERM, so that a library that asks for something needless goes on without. Where there is no
 * such filter, a network namespace of its own is tried (CLONE_NEWUSER and CLONE_NEWNET), which
 * leaves the files but not the network; where that is refused too, the limits alone hold.
 *
 * What draws text needs the system's fonts: it may open files, for reading only. It is given
 * nothing but the theme's own drawings, with texts escaped into them. */
#ifndef COPSE_PICTURES_CONFINE_H
#define COPSE_PICTURES_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

struct confine_limits {
    size_t memory;    /* bytes of address space; 0: no limit */
    unsigned seconds; /* of processor time, for the life of the process */
    bool reads_files; /* it may open files for reading */
};

/* Confines this process, for good. Returns "seccomp", "namespace" or "none". */
const char *confine(const struct confine_limits *limits);

#endif
