#include "photo_helper/orientation.h"

#include <optional>

#include "photo_helper/tiff.h"

namespace shide::photo_helper {
namespace {

constexpr std::uint32_t kOrientationTag = 274;

}  // namespace

int orientation_of(std::string_view bytes) {
  Tiff tiff(bytes);
  if (!tiff.is_one()) return 1;
  std::optional<std::uint32_t> found;
  tiff.each_entry(tiff.first_directory(), [&](std::uint32_t tag, std::size_t at) {
    if (tag == kOrientationTag && !found) found = tiff.number(at, 2);
  });
  return found && *found >= 1 && *found <= 8 ? static_cast<int>(*found) : 1;
}

}  // namespace shide::photo_helper
