#include "web/photo_upload.h"

namespace shide::web {

Error too_large_photo(const Upload& upload) {
  std::size_t megabyte = 1u << 20;
  return {ErrorCode::kTooLarge, {"photo.too_large", {{"size", (upload.size + megabyte - 1) / megabyte}, {"limit", FormLimits{}.part_bytes / megabyte}}}};
}

}  // namespace shide::web
