// One started shide-photo and the socket to it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace shide::photo_helper {

class Child {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  enum class Talk { kDone, kTimeout, kBroken };

  /// Starts the program with an empty environment, default signals, and only descriptors 0 to 2 (2 leads nowhere).
  static Result<Child> start(const std::string& program_path);
  Child(Child&& other) noexcept : pid_(std::exchange(other.pid_, -1)), socket_(std::exchange(other.socket_, -1)) {}
  Child& operator=(Child&&) = delete;
  /// Kills the child if it still runs, and waits for it: no zombie is left.
  ~Child();

  /// Sends all of `question` and the end of the stream, meanwhile takes what the child says until its end, at most `limit` bytes.
  /// kBroken: it said too much, or left before it had heard all.
  Talk converse(std::string_view question, std::string& answer, std::size_t limit, Deadline deadline) const;
  /// Ends the child and says how it ended, for the log: "exit 3", "signal 31", "unknown".
  std::string end();

 private:
  bool send_some(std::string_view& question) const;
  Child(pid_t pid, int socket) : pid_(pid), socket_(socket) {}
  pid_t pid_ = -1;
  int socket_ = -1;
};

}  // namespace shide::photo_helper
