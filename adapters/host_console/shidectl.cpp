// shidectl: main() around the door. The commands themselves are in the module.
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <vector>

#include "door/shide.h"

namespace {

int64_t write_to(int file, const char* bytes, size_t size) {
  for (;;) {
    ssize_t count = write(file, bytes, size);
    if (count >= 0 || errno != EINTR) return count;
  }
}

int64_t read_in(void*, char* into, size_t size) {
  for (;;) {
    ssize_t count = read(STDIN_FILENO, into, size);
    if (count >= 0 || errno != EINTR) return count;
  }
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (shide_abi_version() != SHIDE_ABI_VERSION) {
    static const char kWords[] = "shidectl: libshide.so is of another release\n";
    write_to(STDERR_FILENO, kWords, sizeof kWords - 1);
    return 3;
  }
  std::signal(SIGPIPE, SIG_IGN);  // `shidectl ... | head` ends by a failed write, not by a signal in the middle of a save
  std::vector<shide_text> words;
  for (int i = 1; i < argument_count; ++i) words.push_back(shide_text_of(arguments[i]));
  shide_streams streams = {};
  streams.size = sizeof streams;
  streams.read = read_in;
  streams.write_out = [](void*, const char* bytes, size_t size) { return write_to(STDOUT_FILENO, bytes, size); };
  streams.write_err = [](void*, const char* bytes, size_t size) { return write_to(STDERR_FILENO, bytes, size); };
  streams.is_terminal = isatty(STDERR_FILENO);
  return shide_command(nullptr, static_cast<int32_t>(words.size()), words.data(), &streams);
}
