#include "photo_helper/clean.h"

#include <new>

#include "photo_helper/decoded.h"
#include "photo_helper/photo_kind.h"
#include "photo_helper/traces.h"

namespace shide::photo_helper {
namespace {

CleanOutcome clean_decoded(Decoded decoded, const ports::PhotoTraces& traces, const CleanLimits& limits) {
  CleanOutcome outcome{.status = decoded.status, .pixels = decoded.pixels, .traces = traces};
  if (decoded.status != CleanStatus::kClean) return outcome;
  Raster picture = upright(fit(std::move(decoded.picture), limits.longest_side), decoded.orientation);
  outcome.grid = luma_grid(picture);
  outcome.jpeg = encode_jpeg(picture);
  outcome.width = picture.width;
  outcome.height = picture.height;
  if (outcome.jpeg.empty()) outcome.status = CleanStatus::kUnreadable;
  return outcome;
}

}  // namespace

CleanOutcome clean_photo(std::string_view bytes, const CleanLimits& limits) noexcept try {
  if (bytes.size() > limits.bytes) return {.status = CleanStatus::kTooLarge};
  switch (photo_kind(bytes)) {
    case PhotoKind::kJpeg: return clean_decoded(decode_jpeg(bytes, limits), traces_of(bytes), limits);
    case PhotoKind::kPng: return clean_decoded(decode_png(bytes, limits), traces_of(bytes), limits);
    case PhotoKind::kHeic: return {.status = CleanStatus::kHeic};
    case PhotoKind::kOther: break;
  }
  return {.status = CleanStatus::kNotPhoto};
} catch (const std::bad_alloc&) {
  return {.status = CleanStatus::kUnreadable};
}

}  // namespace shide::photo_helper
