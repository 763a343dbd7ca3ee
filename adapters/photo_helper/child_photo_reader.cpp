#include "photo_helper/child_photo_reader.h"

#include "base/digest.h"
#include "photo_helper/child.h"
#include "photo_helper/photo_kind.h"

namespace shide::photo_helper {
namespace {

constexpr std::size_t kMegabyte = 1u << 20;
static_assert(ports::kMaximumPhotoPixels == 40'000'000, "photo.too_many_pixels says so in words");

Error refuse(ErrorCode code, Phrase phrase, std::string detail = {}) {
  return Error(code, phrase, std::move(detail)).with("photo", phrase);
}

Error too_large(std::size_t bytes) {
  return refuse(ErrorCode::kTooLarge, {"photo.too_large", {{"size", (bytes + kMegabyte - 1) / kMegabyte}, {"limit", ports::kMaximumPhotoBytes / kMegabyte}}});
}

Error busy(std::string detail) { return refuse(ErrorCode::kUnavailable, {"photo.busy"}, std::move(detail)); }

Error refusal(const CleanOutcome& outcome, std::size_t bytes) {
  switch (outcome.status) {
    case CleanStatus::kNotPhoto: return refuse(ErrorCode::kUnsupportedMedia, {"photo.not_photo"});
    case CleanStatus::kHeic: return refuse(ErrorCode::kUnsupportedMedia, {"photo.heic"});
    case CleanStatus::kTooLarge: return too_large(bytes);
    case CleanStatus::kTooManyPixels: return refuse(ErrorCode::kTooLarge, {"photo.too_many_pixels"}, "photo helper: " + std::to_string(outcome.pixels) + " pixels");
    case CleanStatus::kCutOff: return refuse(ErrorCode::kInvalid, {"photo.cut_off"});
    case CleanStatus::kClean:
    case CleanStatus::kUnreadable: break;
  }
  return refuse(ErrorCode::kInvalid, {"photo.unreadable"});
}

std::string to_hex(const LumaGrid& grid) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (std::uint8_t byte : grid) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 0xF];
  }
  return out;
}

// What needs no decoder is answered without one.
std::optional<Error> refuse_at_sight(std::string_view bytes) {
  if (bytes.size() > ports::kMaximumPhotoBytes) return refusal({.status = CleanStatus::kTooLarge}, bytes.size());
  PhotoKind kind = photo_kind(bytes);
  if (kind == PhotoKind::kHeic) return refusal({.status = CleanStatus::kHeic}, bytes.size());
  if (kind == PhotoKind::kOther) return refusal({.status = CleanStatus::kNotPhoto}, bytes.size());
  return std::nullopt;
}

/// Gives the turn back however the reading ends.
struct Turn {
  std::counting_semaphore<>& free_children;
  ~Turn() { free_children.release(); }
};

}  // namespace

ChildPhotoReader::ChildPhotoReader(std::string program_path, ChildLimits limits)
    : program_path_(std::move(program_path)), limits_(limits), free_children_(limits.children) {}

Result<ports::CleanPhoto> ChildPhotoReader::read(std::string_view bytes) {
  if (auto error = refuse_at_sight(bytes)) return std::move(*error);
  Deadline deadline = std::chrono::steady_clock::now() + limits_.time;
  if (!free_children_.try_acquire_until(deadline)) return busy("photo helper: no free child in time");
  Turn turn{free_children_};
  SHIDE_TRY(outcome, ask_child(bytes, deadline));
  if (outcome.status != CleanStatus::kClean) return refusal(outcome, bytes.size());
  std::string sha256 = sha256_hex(outcome.jpeg);
  return ports::CleanPhoto{std::move(outcome.jpeg), outcome.width, outcome.height, std::move(sha256), sha256_hex(bytes), to_hex(outcome.grid), outcome.traces};
}

Result<CleanOutcome> ChildPhotoReader::ask_child(std::string_view bytes, Deadline deadline) const {
  SHIDE_TRY(child, Child::start(program_path_));
  std::string message;
  Child::Talk talk = child.converse(bytes, message, kLongestMessage, deadline);
  if (talk == Child::Talk::kTimeout) return busy("photo helper: out of time, " + child.end());
  auto outcome = parse_message(message);
  if (talk == Child::Talk::kDone && outcome) return std::move(*outcome);
  std::string ending = child.end();
  // It left by itself: the machine refused it something, the photo is not to blame.
  if (ending.starts_with("exit ") && ending != "exit 0") return internal_error("photo helper: no answer, " + ending);
  return refuse(ErrorCode::kInvalid, {"photo.unreadable"}, "photo helper: no answer, " + ending);
}

}  // namespace shide::photo_helper
