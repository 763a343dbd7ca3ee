#include "photo_helper/traces.h"

#include <algorithm>

#include "photo_helper/photo_kind.h"
#include "photo_helper/tiff.h"

namespace shide::photo_helper {
namespace {

using ports::PhotoTraces;

constexpr std::string_view kExif("Exif\0\0", 6);

bool is_one_of(std::uint32_t tag, std::initializer_list<std::uint32_t> tags) { return std::find(tags.begin(), tags.end(), tag) != tags.end(); }

/// The first directory and the one of the camera's own settings (34665); that of the position (34853) is enough to be there.
void note_tiff(std::string_view bytes, PhotoTraces& traces) {
  constexpr std::uint32_t kSettings = 34665, kPosition = 34853, kMaker = 271, kModel = 272, kChanged = 306, kTaken = 36867, kDigitized = 36868,
                          kDescription = 270, kArtist = 315, kCopyright = 33432, kMakerNote = 37500, kComment = 37510, kOwner = 42032, kSerial = 42033;
  Tiff tiff(bytes);
  if (!tiff.is_one()) return;
  std::size_t settings = 0;
  auto note = [&](std::uint32_t tag, std::size_t at) {
    traces.position = traces.position || tag == kPosition;
    traces.time = traces.time || is_one_of(tag, {kChanged, kTaken, kDigitized});
    traces.camera = traces.camera || is_one_of(tag, {kMaker, kModel, kMakerNote, kSerial});
    traces.words = traces.words || is_one_of(tag, {kDescription, kArtist, kCopyright, kComment, kOwner});
    if (tag == kSettings) settings = tiff.number(at, 4);
  };
  tiff.each_entry(tiff.first_directory(), note);
  if (settings > 0) tiff.each_entry(settings, note);
}

std::size_t big_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < size && at + i < bytes.size(); ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

/// Segments up to the picture itself: EXIF and XMP in APP1, IPTC in APP13, comments.
PhotoTraces traces_of_jpeg(std::string_view bytes) {
  constexpr std::size_t kScan = 0xFFDA, kApp1 = 0xFFE1, kApp13 = 0xFFED, kComment = 0xFFFE;
  PhotoTraces traces;
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    std::size_t marker = big_endian(bytes, at, 2), length = big_endian(bytes, at + 2, 2);
    if (marker == kScan || marker < 0xFF00 || length < 2) break;
    std::string_view segment = bytes.substr(at + 4, length - 2);
    bool is_exif = marker == kApp1 && segment.starts_with(kExif);
    if (is_exif) note_tiff(segment.substr(kExif.size()), traces);
    traces.words = traces.words || (marker == kApp1 && !is_exif) || marker == kApp13 || marker == kComment;
    at += 2 + length;
  }
  return traces;
}

/// Chunks: eXIf holds a TIFF, tIME a time, three kinds hold text.
PhotoTraces traces_of_png(std::string_view bytes) {
  constexpr std::size_t kSignature = 8, kAround = 12;
  PhotoTraces traces;
  for (std::size_t at = kSignature; at + kAround <= bytes.size();) {
    std::size_t length = big_endian(bytes, at, 4);
    std::string_view type = bytes.substr(at + 4, 4);
    if (type == "eXIf") note_tiff(bytes.substr(at + 8, length), traces);
    traces.time = traces.time || type == "tIME";
    traces.words = traces.words || type == "tEXt" || type == "zTXt" || type == "iTXt";
    if (length > bytes.size() - at - kAround) break;
    at += length + kAround;
  }
  return traces;
}

}  // namespace

PhotoTraces traces_of(std::string_view bytes) noexcept {
  switch (photo_kind(bytes)) {
    case PhotoKind::kJpeg: return traces_of_jpeg(bytes);
    case PhotoKind::kPng: return traces_of_png(bytes);
    default: return {};
  }
}

}  // namespace shide::photo_helper
