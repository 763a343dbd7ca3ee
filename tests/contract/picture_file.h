// Photos as phones and tricksters make them: a demo picture as JPEG or PNG, with whatever metadata a test plants in it.
//
//     jpeg_file(demo_picture(3), {.orientation = 6, .secret = "31.6855,119.9423"})
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <jpeglib.h>
#include <png.h>

#include "photo_helper/decoded.h"
#include "workflow/demo_photo.h"

namespace shide::testing {

using photo_helper::Raster;

inline Raster demo_picture(std::uint64_t seed) { return photo_helper::decode_png(workflow::draw_demo_photo(seed), {}).picture; }

struct FileOptions {
  int quality = 90;
  bool progressive = false;
  int orientation = 0;      // 0: without EXIF
  std::string secret = {};  // planted in every place that metadata has
};

inline void append_little(std::string& out, std::uint32_t value, int size) {
  for (int i = 0; i < size; ++i) out += static_cast<char>(value >> 8 * i & 0xFF);
}

/// A TIFF structure with the maker's name, the orientation and a GPS directory; the secret stands where the maker and the
/// area would.
inline std::string tiff(int orientation, const std::string& secret) {
  std::string out("II*\0\x08\0\0\0", 8), text = secret + std::string(8, '\0');
  auto size = static_cast<std::uint32_t>(text.size());
  constexpr std::uint32_t kEntries = 4, kGpsEntries = 3, kAscii = 2, kShort = 3, kLong = 4, kRational = 5;
  std::uint32_t gps = 8 + 2 + kEntries * 12 + 4, data = gps + 2 + kGpsEntries * 12 + 4;
  auto entry = [&](std::uint32_t tag, std::uint32_t type, std::uint32_t count, std::uint32_t value) {
    append_little(out, tag, 2);
    append_little(out, type, 2);
    append_little(out, count, 4);
    append_little(out, value, 4);
  };
  append_little(out, kEntries, 2);
  entry(0x010F, kAscii, size, data);
  entry(0x0112, kShort, 1, static_cast<std::uint32_t>(orientation));
  entry(0x0132, kAscii, size, data);
  entry(0x8825, kLong, 1, gps);
  append_little(out, 0, 4);
  append_little(out, kGpsEntries, 2);
  entry(0x0001, kAscii, 2, 'N');
  entry(0x0002, kRational, 3, data + size);
  entry(0x001C, kAscii, size, data);
  append_little(out, 0, 4);
  out += text;
  for (std::uint32_t part : {31u, 1u, 41u, 1u, 743u, 100u}) append_little(out, part, 4);
  return out;
}

inline std::string exif_segment(const FileOptions& options) { return std::string("Exif\0\0", 6) + tiff(options.orientation, options.secret); }

inline std::string jpeg_file(const Raster& picture, const FileOptions& options = {}) {
  jpeg_compress_struct codec{};
  jpeg_error_mgr errors{};
  codec.err = jpeg_std_error(&errors);
  jpeg_create_compress(&codec);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&codec, &bytes, &size);
  codec.image_width = static_cast<JDIMENSION>(picture.width);
  codec.image_height = static_cast<JDIMENSION>(picture.height);
  codec.input_components = 3;
  codec.in_color_space = JCS_RGB;
  jpeg_set_defaults(&codec);
  jpeg_set_quality(&codec, options.quality, TRUE);
  if (options.progressive) jpeg_simple_progression(&codec);
  jpeg_start_compress(&codec, TRUE);
  auto mark = [&](int marker, const std::string& data) { jpeg_write_marker(&codec, marker, reinterpret_cast<const JOCTET*>(data.data()), static_cast<unsigned>(data.size())); };
  if (options.orientation) mark(JPEG_APP0 + 1, exif_segment(options));
  if (!options.secret.empty()) {
    mark(JPEG_APP0 + 1, std::string("http://ns.adobe.com/xap/1.0/\0", 29) + "<x:xmpmeta>" + options.secret + "</x:xmpmeta>");
    mark(JPEG_APP0 + 2, std::string("ICC_PROFILE\0\1\1", 14) + options.secret);
    mark(JPEG_APP0 + 13, std::string("Photoshop 3.0\0", 14) + options.secret);
    mark(JPEG_COM, options.secret);
  }
  while (codec.next_scanline < codec.image_height) {
    JSAMPROW row = const_cast<std::uint8_t*>(picture.pixel(0, static_cast<int>(codec.next_scanline)));
    jpeg_write_scanlines(&codec, &row, 1);
  }
  jpeg_finish_compress(&codec);
  std::string file(reinterpret_cast<char*>(bytes), size);
  jpeg_destroy_compress(&codec);
  std::free(bytes);
  return file + options.secret;  // also behind the end, where motion photos and zip files hide
}

inline std::string png_file(const Raster& picture, const FileOptions& options = {}) {
  std::string file;
  png_structp codec = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop facts = png_create_info_struct(codec);
  png_set_write_fn(codec, &file, [](png_structp to, png_bytep data, size_t size) { static_cast<std::string*>(png_get_io_ptr(to))->append(reinterpret_cast<char*>(data), size); }, nullptr);
  png_set_compression_level(codec, 1);
  png_set_IHDR(codec, facts, static_cast<png_uint_32>(picture.width), static_cast<png_uint_32>(picture.height), 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  std::string secret = options.secret, key = "Location", exif = tiff(options.orientation, options.secret);
  if (!secret.empty()) {
    png_text text{};
    text.key = key.data();
    text.text = secret.data();
    text.compression = PNG_TEXT_COMPRESSION_NONE;
    png_set_text(codec, facts, &text, 1);
  }
  if (options.orientation) png_set_eXIf_1(codec, facts, static_cast<png_uint_32>(exif.size()), reinterpret_cast<png_bytep>(exif.data()));
  png_write_info(codec, facts);
  for (int y = 0; y < picture.height; ++y) png_write_row(codec, picture.pixel(0, y));
  png_write_end(codec, facts);
  png_destroy_write_struct(&codec, &facts);
  return file + secret;
}

/// Brighter or darker, more or less contrast, as a phone's own "improvement" does.
inline Raster toned(Raster picture, double contrast, int brightness) {
  for (std::uint8_t& sample : picture.samples) sample = static_cast<std::uint8_t>(std::clamp(128 + (sample - 128) * contrast + brightness, 0.0, 255.0));
  return picture;
}

}  // namespace shide::testing
