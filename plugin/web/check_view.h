// 发前一查 as its answer page asks for it: what was found beside what may be posted, a table of every place with its reason, what rides
// along in a file unseen, the cleaned text to copy and the cleaned photos.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "web/call.h"
#include "workflow/check.h"

namespace shide::web {

/// A photo as it may be posted, or why it could not be read.
struct CheckedPhoto {
  std::optional<ports::CleanPhoto> clean;
  Phrase problem;
};

struct CheckedPost {
  std::vector<workflow::CheckPassage> passages;
  workflow::Check check;              // of these passages
  std::size_t names = 0;              // of the reader's own list
  std::size_t attachments = 0;        // pictures and objects inside the document
  std::vector<CheckedPhoto> photos;
};

nlohmann::json check_view(const Call& call, const CheckedPost& post);

}  // namespace shide::web
