#include "pictures/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/syscall.h>
#define HAS_SECCOMP 1
#else
#define HAS_SECCOMP 0
#endif

static void limit(int resource, rlim_t most)
{
    const struct rlimit both = {most, most};
    (void)setrlimit((unsigned)resource,
                    &both); /* one more that cannot be had is no reason to stop */
}

#if HAS_SECCOMP

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define LOAD(field)                                                                                \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)offsetof(struct seccomp_data, field))
#define ALLOW(number)                                                                              \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)(number), 0, 1),                                 \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define REFUSE(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))

/* A thread shares this process's memory and this filter; a process would be a way out. clone3
 * hides its flags from filters: glibc falls back to clone where it is not there. */
#define ALLOW_THREADS                                                                              \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone3, 0, 1), REFUSE(ENOSYS),                        \
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 4), LOAD(args[0]),                      \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1),                                  \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW), REFUSE(EPERM)

#define BEFORE                                                                                     \
    LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0),                       \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS), LOAD(nr), ALLOW(__NR_read),           \
        ALLOW(__NR_write), ALLOW(__NR_readv), ALLOW(__NR_writev), ALLOW(__NR_close),               \
        ALLOW(__NR_fstat), ALLOW(__NR_lseek), ALLOW(__NR_mmap), ALLOW(__NR_munmap),                \
        ALLOW(__NR_mremap), ALLOW(__NR_mprotect), ALLOW(__NR_madvise), ALLOW(__NR_brk),            \
        ALLOW(__NR_futex), ALLOW(__NR_sched_yield), ALLOW(__NR_sched_getaffinity),                 \
        ALLOW(__NR_set_robust_list), ALLOW(__NR_rseq), ALLOW(__NR_gettid), ALLOW(__NR_getpid),     \
        ALLOW(__NR_tgkill), ALLOW(__NR_clock_gettime), ALLOW(__NR_clock_nanosleep),                \
        ALLOW(__NR_nanosleep), ALLOW(__NR_gettimeofday), ALLOW(__NR_getrandom),                    \
        ALLOW(__NR_rt_sigaction), ALLOW(__NR_sigaltstack), ALLOW(__NR_rt_sigprocmask),             \
        ALLOW(__NR_rt_sigreturn), ALLOW(__NR_restart_syscall), ALLOW(__NR_exit),                   \
        ALLOW(__NR_exit_group)
#define AFTER ALLOW_THREADS, REFUSE(EPERM)

/* openat() whose flags have no way to write in them; and what only looks. */
#define ALLOW_READING                                                                              \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_openat, 0, 4), LOAD(args[2]),                         \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_ACCMODE | O_CREAT | O_TRUNC, 0, 1), REFUSE(EPERM),  \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW), ALLOW(__NR_newfstatat), ALLOW(__NR_statx),   \
        ALLOW(__NR_faccessat), ALLOW(__NR_readlinkat), ALLOW(__NR_getdents64),                     \
        ALLOW(__NR_pread64), ALLOW(__NR_fstatfs), ALLOW(__NR_fcntl)

#if defined(__x86_64__)
#define ALLOW_OLD_READING                                                                          \
    ALLOW(__NR_access), ALLOW(__NR_stat), ALLOW(__NR_lstat), ALLOW(__NR_readlink)
#else
#define ALLOW_OLD_READING ALLOW(__NR_faccessat)
#endif

static bool filter_system_calls(bool reads_files)
{
    static const struct sock_filter without[] = {BEFORE, AFTER};
    static const struct sock_filter with[] = {BEFORE, ALLOW_READING, ALLOW_OLD_READING, AFTER};
    const struct sock_fprog program = {
        .len = (unsigned short)(reads_files ? sizeof with / sizeof *with
                                            : sizeof without / sizeof *without),
        .filter = (struct sock_filter *)(reads_files ? with : without),
    };
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

#else

static bool filter_system_calls(bool reads_files)
{
    (void)reads_files;
    return false;
}

#endif

const char *confine(const struct confine_limits *limits)
{
    if (limits->memory > 0)
        limit(RLIMIT_AS, limits->memory);
    limit(RLIMIT_CPU, limits->seconds);
    limit(RLIMIT_FSIZE, 0);
    /* A library's remark to a standard error that is a file fails, and does not end the program. */
    (void)signal(SIGXFSZ, SIG_IGN);
    limit(RLIMIT_CORE, 0);
    /* The three that are open; fonts are opened one after the other. */
    limit(RLIMIT_NOFILE, limits->reads_files ? 64 : 3);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    if (filter_system_calls(limits->reads_files))
        return "seccomp";
    return unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0 ? "namespace" : "none";
}
