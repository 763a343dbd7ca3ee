// libjpeg reports errors by longjmp, so every function with a setjmp below holds only plain values; what owns memory lives in
// their callers.
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <jpeglib.h>
#include <jerror.h>

#include "photo_helper/decoded.h"
#include "photo_helper/orientation.h"

namespace shide::photo_helper {
namespace {

constexpr int kQuality = 82;
constexpr int kMostScans = 100;  // a progressive photo has about 10; thousands only keep the decoder busy

struct Fault {
  jpeg_error_mgr manager;  // first, so that libjpeg's pointer to it is a pointer to us
  std::jmp_buf jump;
  bool cut_off;
};

[[noreturn]] void leave(j_common_ptr codec) { std::longjmp(reinterpret_cast<Fault*>(codec->err)->jump, 1); }

// libjpeg fills what is missing with grey and only warns. A picture that is half there is not one.
void on_message(j_common_ptr codec, int level) {
  if (level >= 0) return;
  auto* fault = reinterpret_cast<Fault*>(codec->err);
  int code = fault->manager.msg_code;
  if (code != JWRN_JPEG_EOF && code != JWRN_HIT_MARKER) return;
  fault->cut_off = true;
  leave(codec);
}

void on_progress(j_common_ptr codec) {
  if (reinterpret_cast<j_decompress_ptr>(codec)->input_scan_number > kMostScans) leave(codec);
}

void prepare(Fault& fault) {
  jpeg_std_error(&fault.manager);
  fault.manager.error_exit = leave;
  fault.manager.emit_message = on_message;
  fault.manager.output_message = [](j_common_ptr) {};
  fault.cut_off = false;
}

struct Reader {
  jpeg_decompress_struct codec{};
  Fault fault{};
  jpeg_progress_mgr progress{};

  Reader() {
    prepare(fault);
    codec.err = &fault.manager;
  }
  ~Reader() { jpeg_destroy_decompress(&codec); }
  CleanStatus status() const { return fault.cut_off ? CleanStatus::kCutOff : CleanStatus::kUnreadable; }
};

bool read_header(Reader& reader, std::string_view bytes) {
  if (setjmp(reader.fault.jump)) return false;
  jpeg_create_decompress(&reader.codec);
  reader.progress.progress_monitor = on_progress;
  reader.codec.progress = &reader.progress;
  jpeg_mem_src(&reader.codec, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  jpeg_save_markers(&reader.codec, JPEG_APP0 + 1, 0xFFFF);
  return jpeg_read_header(&reader.codec, TRUE) == JPEG_HEADER_OK;
}

// The smallest of libjpeg's scales (n/8) that leaves the longer side at least `longest_side`: four times faster for a phone.
bool start(Reader& reader, int longest_side) {
  if (setjmp(reader.fault.jump)) return false;
  jpeg_decompress_struct& codec = reader.codec;
  bool four_inks = codec.jpeg_color_space == JCS_CMYK || codec.jpeg_color_space == JCS_YCCK;
  codec.out_color_space = four_inks ? JCS_CMYK : JCS_RGB;
  codec.scale_denom = 8;
  JDIMENSION longest = codec.image_width > codec.image_height ? codec.image_width : codec.image_height;
  codec.scale_num = 1;
  while (codec.scale_num < 8 && std::uint64_t{longest} * codec.scale_num / 8 < static_cast<std::uint64_t>(longest_side)) ++codec.scale_num;
  return jpeg_start_decompress(&codec) == TRUE;
}

// Inks as Adobe stores them: inverted.
void inks_to_rgb(const std::uint8_t* inks, std::uint8_t* rgb, int width) {
  for (int x = 0; x < width; ++x, inks += 4, rgb += 3) {
    for (int channel = 0; channel < 3; ++channel) rgb[channel] = static_cast<std::uint8_t>(inks[channel] * inks[3] / 255);
  }
}

bool read_rows(Reader& reader, Raster& picture, std::uint8_t* inks) {
  if (setjmp(reader.fault.jump)) return false;
  jpeg_decompress_struct& codec = reader.codec;
  while (codec.output_scanline < codec.output_height) {
    std::uint8_t* row = picture.samples.data() + codec.output_scanline * picture.stride();
    JSAMPROW target = inks ? inks : row;
    jpeg_read_scanlines(&codec, &target, 1);
    if (inks) inks_to_rgb(inks, row, picture.width);
  }
  return jpeg_finish_decompress(&codec) == TRUE;
}

int orientation_in(const jpeg_decompress_struct& codec) {
  for (jpeg_saved_marker_ptr marker = codec.marker_list; marker; marker = marker->next) {
    std::string_view data(reinterpret_cast<const char*>(marker->data), marker->data_length);
    constexpr std::string_view kExif("Exif\0\0", 6);
    if (data.starts_with(kExif)) return orientation_of(data.substr(kExif.size()));
  }
  return 1;
}

struct Writer {
  jpeg_compress_struct codec{};
  Fault fault{};
  unsigned char* bytes = nullptr;  // grown by libjpeg with malloc
  unsigned long size = 0;

  Writer() {
    prepare(fault);
    codec.err = &fault.manager;
  }
  ~Writer() {
    jpeg_destroy_compress(&codec);
    std::free(bytes);
  }
};

bool write_picture(Writer& writer, const Raster& picture) {
  if (setjmp(writer.fault.jump)) return false;
  jpeg_compress_struct& codec = writer.codec;
  jpeg_create_compress(&codec);
  jpeg_mem_dest(&codec, &writer.bytes, &writer.size);
  codec.image_width = static_cast<JDIMENSION>(picture.width);
  codec.image_height = static_cast<JDIMENSION>(picture.height);
  codec.input_components = 3;
  codec.in_color_space = JCS_RGB;
  jpeg_set_defaults(&codec);
  jpeg_set_quality(&codec, kQuality, TRUE);
  codec.optimize_coding = TRUE;
  jpeg_start_compress(&codec, TRUE);
  while (codec.next_scanline < codec.image_height) {
    JSAMPROW row = const_cast<std::uint8_t*>(picture.pixel(0, static_cast<int>(codec.next_scanline)));
    jpeg_write_scanlines(&codec, &row, 1);
  }
  jpeg_finish_compress(&codec);
  return true;
}

}  // namespace

Decoded decode_jpeg(std::string_view bytes, const CleanLimits& limits) {
  Reader reader;
  Decoded decoded;
  if (!read_header(reader, bytes)) return {.status = reader.status()};
  decoded.pixels = std::uint64_t{reader.codec.image_width} * reader.codec.image_height;
  if (decoded.pixels > limits.pixels) return {.status = CleanStatus::kTooManyPixels, .pixels = decoded.pixels};
  decoded.orientation = orientation_in(reader.codec);
  if (!start(reader, limits.longest_side)) return {.status = reader.status(), .pixels = decoded.pixels};
  decoded.picture = make_raster(static_cast<int>(reader.codec.output_width), static_cast<int>(reader.codec.output_height), 3);
  std::vector<std::uint8_t> inks(reader.codec.out_color_space == JCS_CMYK ? std::size_t{4} * reader.codec.output_width : 0);
  bool complete = read_rows(reader, decoded.picture, inks.empty() ? nullptr : inks.data());
  decoded.status = complete ? CleanStatus::kClean : reader.status();
  return decoded;
}

std::string encode_jpeg(const Raster& picture) {
  Writer writer;
  if (!write_picture(writer, picture)) return {};
  return {reinterpret_cast<const char*>(writer.bytes), writer.size};
}

}  // namespace shide::photo_helper
