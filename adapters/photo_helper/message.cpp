#include "photo_helper/message.h"

#include <algorithm>

namespace shide::photo_helper {
namespace {

constexpr std::string_view kMagic = "shidepho";
constexpr std::size_t kHead = 72;
constexpr std::size_t kGridAt = 40;

void append_number(std::string& out, std::uint64_t value, int size) {
  for (int i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

unsigned byte_at(std::string_view bytes, std::size_t at) { return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0; }
unsigned word_at(std::string_view bytes, std::size_t at) { return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1); }

// One bit a kind, in the order of the struct.
std::uint32_t bits_of(const ports::PhotoTraces& traces) { return traces.position | traces.time << 1 | traces.camera << 2 | traces.words << 3; }

ports::PhotoTraces traces_in(std::uint64_t bits) { return {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0}; }

// JFIF's own header, at most with a density: a longer one would hold a thumbnail.
bool is_plain_jfif(std::string_view segment) { return segment.size() == 14 && segment.starts_with(std::string_view("JFIF\0", 5)); }

}  // namespace

std::string format_message(const CleanOutcome& outcome) {
  std::string out(kMagic);
  append_number(out, static_cast<std::uint32_t>(outcome.status), 4);
  append_number(out, static_cast<std::uint32_t>(outcome.width), 4);
  append_number(out, static_cast<std::uint32_t>(outcome.height), 4);
  append_number(out, bits_of(outcome.traces), 4);
  append_number(out, outcome.pixels, 8);
  append_number(out, outcome.jpeg.size(), 8);
  out.append(reinterpret_cast<const char*>(outcome.grid.data()), outcome.grid.size());
  return out += outcome.jpeg;
}

std::optional<CleanOutcome> parse_message(std::string_view bytes) {
  if (bytes.size() < kHead || !bytes.starts_with(kMagic)) return std::nullopt;
  std::uint64_t status = number_at(bytes, 8, 4), width = number_at(bytes, 12, 4), height = number_at(bytes, 16, 4);
  if (status > static_cast<std::uint64_t>(CleanStatus::kUnreadable) || number_at(bytes, 32, 8) != bytes.size() - kHead) return std::nullopt;
  CleanOutcome outcome{.status = static_cast<CleanStatus>(status), .pixels = number_at(bytes, 24, 8)};
  if (outcome.status != CleanStatus::kClean) return outcome;
  constexpr std::uint64_t kLongest = ports::kLongestPhotoSide;
  if (width < 1 || height < 1 || width > kLongest || height > kLongest) return std::nullopt;
  outcome.width = static_cast<int>(width);
  outcome.height = static_cast<int>(height);
  std::copy_n(bytes.begin() + kGridAt, outcome.grid.size(), outcome.grid.begin());
  outcome.traces = traces_in(number_at(bytes, 20, 4));
  outcome.jpeg = bytes.substr(kHead);
  if (!is_bare_jpeg(outcome.jpeg, outcome.width, outcome.height)) return std::nullopt;
  return outcome;
}

bool is_bare_jpeg(std::string_view bytes, int width, int height) {
  constexpr unsigned kStart = 0xFFD8, kEnd = 0xFFD9, kBaseline = 0xFFC0, kHuffman = 0xFFC4, kQuantization = 0xFFDB, kScan = 0xFFDA, kJfif = 0xFFE0;
  if (word_at(bytes, 0) != kStart) return false;
  bool has_size = false;
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    unsigned marker = word_at(bytes, at);
    std::size_t length = word_at(bytes, at + 2);
    if (length < 2 || length > bytes.size() - at - 2) return false;
    std::string_view segment = bytes.substr(at + 4, length - 2);
    at += 2 + length;
    if (marker == kJfif ? !is_plain_jfif(segment) : marker != kBaseline && marker != kHuffman && marker != kQuantization && marker != kScan) return false;
    if (marker == kBaseline) {
      if (has_size || word_at(segment, 1) != static_cast<unsigned>(height) || word_at(segment, 3) != static_cast<unsigned>(width)) return false;
      has_size = true;
    }
    if (marker != kScan) continue;
    // One scan, in which FF is always followed by 00, up to the end marker and the end of the bytes.
    while (at < bytes.size() && !(byte_at(bytes, at) == 0xFF && byte_at(bytes, at + 1) != 0)) ++at;
    return has_size && word_at(bytes, at) == kEnd && at + 2 == bytes.size();
  }
  return false;
}

}  // namespace shide::photo_helper
