// ports/photo_reader by a child process for each photo. The child (build/shide-photo) is confined before it reads a byte, so
// that a hole in a decoder opens on an empty room; when it crashes, hangs or lies, this photo is refused and nothing else happens.
//
//     ChildPhotoReader reader("/usr/lib/shide/shide-photo");
//     reader.read(bytes)  ->  CleanPhoto, or one of the errors in ports/photo_reader.h
//
// At most limits.children work at once, the others wait for their turn; waiting and working together take at most
// limits.time. Any thread of any host: no signal is raised (MSG_NOSIGNAL), no descriptor is passed on but the two ends the
// child needs, and a host that ignores SIGCHLD does no harm.
#pragma once

#include <chrono>
#include <semaphore>
#include <string>
#include <string_view>

#include "photo_helper/message.h"
#include "ports/photo_reader.h"

namespace shide::photo_helper {

struct ChildLimits {
  std::chrono::milliseconds time{10'000};
  int children = 2;
};

class ChildPhotoReader : public ports::PhotoReader {
 public:
  /// `program_path` is absolute. Nothing is started or checked here.
  explicit ChildPhotoReader(std::string program_path, ChildLimits limits = {});

  Result<ports::CleanPhoto> read(std::string_view bytes) override;

 private:
  using Deadline = std::chrono::steady_clock::time_point;
  Result<CleanOutcome> ask_child(std::string_view bytes, Deadline deadline) const;

  std::string program_path_;
  ChildLimits limits_;
  std::counting_semaphore<> free_children_;
};

}  // namespace shide::photo_helper
