#include "photo_helper/child.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace shide::photo_helper {
namespace {

/// What posix_spawn shall do in the child before the program starts.
class Preparation {
 public:
  explicit Preparation(int socket) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    ok_ = posix_spawn_file_actions_adddup2(&actions_, socket, STDIN_FILENO) == 0 &&
          posix_spawn_file_actions_adddup2(&actions_, socket, STDOUT_FILENO) == 0 &&
          posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
          posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1) == 0;  // a host's own descriptors may lack O_CLOEXEC
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    ok_ = ok_ && posix_spawnattr_setsigmask(&attributes_, &none) == 0 && posix_spawnattr_setsigdefault(&attributes_, &all) == 0 &&
          posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) == 0;
  }
  ~Preparation() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Preparation(const Preparation&) = delete;

  /// 0 or an errno.
  int spawn(pid_t& pid, const std::string& program_path) const {
    if (!ok_) return ENOMEM;
    char* arguments[] = {const_cast<char*>(program_path.c_str()), nullptr};
    char* environment[] = {nullptr};
    return posix_spawn(&pid, program_path.c_str(), &actions_, &attributes_, arguments, environment);
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
  bool ok_ = false;
};

// True once the socket is ready, false when time is up.
bool wait_for(int socket, short events, Child::Deadline deadline) {
  for (;;) {
    auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    if (left <= 0) return false;
    pollfd watched{socket, events, 0};
    int ready = poll(&watched, 1, static_cast<int>(left));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

bool try_again() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

Result<Child> Child::start(const std::string& program_path) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return internal_error(std::string("photo helper: socketpair: ") + std::strerror(errno));
  pid_t pid = -1;
  int failed = Preparation(ends[1]).spawn(pid, program_path);
  close(ends[1]);
  if (failed != 0) {
    close(ends[0]);
    return internal_error("photo helper: cannot start " + program_path + ": " + std::strerror(failed));
  }
  return Child(pid, ends[0]);
}

Child::~Child() { end(); }

// False once there is nothing more to send, because all is sent or nobody listens.
bool Child::send_some(std::string_view& question) const {
  while (!question.empty()) {
    ssize_t put = send(socket_, question.data(), question.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (put < 0 && try_again()) return true;
    if (put < 0) break;
    question.remove_prefix(static_cast<std::size_t>(put));
  }
  shutdown(socket_, SHUT_WR);
  return false;
}

Child::Talk Child::converse(std::string_view question, std::string& answer, std::size_t limit, Deadline deadline) const {
  std::string piece(64 * 1024, '\0');
  for (bool sending = true;;) {
    sending = sending && send_some(question);
    ssize_t got = recv(socket_, piece.data(), piece.size(), MSG_DONTWAIT);
    if (got == 0) return Talk::kDone;
    if (got < 0 && !try_again()) return Talk::kBroken;
    if (got > 0) answer.append(piece, 0, static_cast<std::size_t>(got));
    if (answer.size() > limit) return Talk::kBroken;
    if (got < 0 && !wait_for(socket_, static_cast<short>(sending ? POLLIN | POLLOUT : POLLIN), deadline)) return Talk::kTimeout;
    // A child that talks without end is stopped as well.
    if (std::chrono::steady_clock::now() >= deadline) return Talk::kTimeout;
  }
}

std::string Child::end() {
  if (pid_ < 0) return "unknown";
  pid_t pid = std::exchange(pid_, -1);
  kill(pid, SIGKILL);  // changes nothing for a child that has already left; before the close, which could make it leave by itself
  close(std::exchange(socket_, -1));
  int status = 0;
  pid_t waited;
  while ((waited = waitpid(pid, &status, 0)) < 0 && errno == EINTR) {
  }
  if (waited != pid) return "unknown";  // the host collects its children itself
  return WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status)) : "exit " + std::to_string(WEXITSTATUS(status));
}

}  // namespace shide::photo_helper
