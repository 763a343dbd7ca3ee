// build/shide-photo: reads a photo from descriptor 0 to its end, writes the message of message.h to descriptor 1, and leaves.
// Started only by ChildPhotoReader; it has no options. Exit codes: 0 a message was written, 3 it could not be confined or heard.
#include <unistd.h>

#include <cerrno>
#include <new>
#include <string>

#include "photo_helper/confine.h"
#include "photo_helper/message.h"

namespace {

using namespace shide::photo_helper;

constexpr int kCouldNot = 3;

// One byte more than allowed is enough to know that it is too much.
bool read_all(std::string& bytes) {
  std::string piece(256 * 1024, '\0');
  while (bytes.size() <= shide::ports::kMaximumPhotoBytes) {
    ssize_t got = read(STDIN_FILENO, piece.data(), piece.size());
    if (got == 0) return true;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    bytes.append(piece, 0, static_cast<std::size_t>(got));
  }
  return true;
}

bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t put = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

}  // namespace

int main() try {
  if (!confine()) return kCouldNot;
  std::string bytes;
  if (!read_all(bytes)) _exit(kCouldNot);
  // _exit: nothing is left to clean, and the filter allows little more.
  _exit(write_all(format_message(clean_photo(bytes))) ? 0 : kCouldNot);
} catch (const std::bad_alloc&) {
  _exit(kCouldNot);
}
