// Walks the chunks itself before libpng sees them: the size is judged first, the orientation is found, a missing end is told
// from damage. libpng's simplified interface does the rest, with its own setjmp inside.
#include <png.h>

#include "photo_helper/decoded.h"
#include "photo_helper/orientation.h"

namespace shide::photo_helper {
namespace {

constexpr std::size_t kSignature = 8;  // length of the file signature
constexpr std::size_t kFraming = 12;   // length, type and check sum of a chunk

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

struct Outline {
  bool has_header = false;
  bool has_end = false;
  std::uint64_t pixels = 0;
  int orientation = 1;
};

Outline outline_of(std::string_view bytes) {
  Outline outline;
  for (std::size_t at = kSignature; bytes.size() - at >= kFraming && !outline.has_end;) {
    std::size_t length = number_at(bytes, at);
    if (length > bytes.size() - at - kFraming) break;
    std::string_view type = bytes.substr(at + 4, 4), data = bytes.substr(at + 8, length);
    if (at == kSignature) {
      if (type != "IHDR" || length != 13) break;
      outline.has_header = true;
      outline.pixels = std::uint64_t{number_at(data, 0)} * number_at(data, 4);
    }
    if (type == "eXIf") outline.orientation = orientation_of(data);
    outline.has_end = type == "IEND";
    at += kFraming + length;
  }
  return outline;
}

struct Image {
  png_image codec{};
  Image() { codec.version = PNG_IMAGE_VERSION; }
  ~Image() { png_image_free(&codec); }
};

}  // namespace

Decoded decode_png(std::string_view bytes, const CleanLimits& limits) {
  Outline outline = outline_of(bytes);
  Decoded decoded{.pixels = outline.pixels, .orientation = outline.orientation};
  if (!outline.has_header) return {.status = bytes.size() < kSignature + kFraming + 13 ? CleanStatus::kCutOff : CleanStatus::kUnreadable};
  if (outline.pixels > limits.pixels) return {.status = CleanStatus::kTooManyPixels, .pixels = outline.pixels};
  if (!outline.has_end) return {.status = CleanStatus::kCutOff, .pixels = outline.pixels};

  Image image;
  if (!png_image_begin_read_from_memory(&image.codec, bytes.data(), bytes.size())) return decoded;
  image.codec.format = PNG_FORMAT_RGB;
  decoded.picture = make_raster(static_cast<int>(image.codec.width), static_cast<int>(image.codec.height), 3);
  png_color white{255, 255, 255};  // behind what is transparent
  if (png_image_finish_read(&image.codec, &white, decoded.picture.samples.data(), 0, nullptr)) decoded.status = CleanStatus::kClean;
  return decoded;
}

}  // namespace shide::photo_helper
