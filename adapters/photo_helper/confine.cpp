#include "photo_helper/confine.h"

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <memory>

namespace shide::photo_helper {
namespace {

// The sanitizers map terabytes and call the kernel where they like, so a build with them is confined by nothing but time.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

bool limit(decltype(RLIMIT_AS) resource, rlim_t value) {
  rlimit both{value, value};
  return setrlimit(resource, &both) == 0;
}

bool limit_resources() {
  constexpr rlim_t kMemory = 512u << 20;
  bool limited = limit(RLIMIT_CPU, 5) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0);
  return limited && (kSanitized || (limit(RLIMIT_AS, kMemory) && limit(RLIMIT_NOFILE, 0)));
}

bool allow_only_computing(scmp_filter_ctx filter) {
  auto allow = [&](int call) { return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0; };
  bool allowed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(read), 1, SCMP_A0(SCMP_CMP_EQ, 0)) == 0 &&
                 seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, 1)) == 0 &&
                 seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
                 seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
  for (int call : {SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex), SCMP_SYS(getrandom),
                   SCMP_SYS(rt_sigreturn), SCMP_SYS(exit), SCMP_SYS(exit_group)}) {
    allowed = allowed && allow(call);
  }
  return allowed && seccomp_load(filter) == 0;
}

}  // namespace

bool confine() {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || !limit_resources()) return false;
  if (kSanitized) return true;
  std::unique_ptr<void, decltype(&seccomp_release)> filter(seccomp_init(SCMP_ACT_KILL_PROCESS), seccomp_release);
  return filter && allow_only_computing(filter.get());
}

}  // namespace shide::photo_helper
