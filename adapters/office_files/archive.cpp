#include "office_files/archive.h"

#include <zip.h>

#include <memory>

namespace shide::office_files {
namespace {

constexpr zip_uint16_t kNoTime = 0, kFirstDay = 0x21;  // 1 January 1980, the first day of the format

struct FreeSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Source = std::unique_ptr<zip_source_t, FreeSource>;

bool add(zip_t* archive, const ports::ArchivedFile& file) {
  zip_source_t* source = zip_source_buffer(archive, file.bytes.data(), file.bytes.size(), 0);
  if (!source) return false;
  zip_int64_t index = zip_file_add(archive, file.name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    return false;
  }
  return zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), kNoTime, kFirstDay, 0) == 0;
}

std::string bytes_of(zip_source_t* source) {
  zip_stat_t stat;
  if (zip_source_stat(source, &stat) < 0 || zip_source_open(source) < 0) return {};
  std::string bytes(stat.size, '\0');
  zip_int64_t count = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  return count == static_cast<zip_int64_t>(bytes.size()) ? bytes : std::string();
}

}  // namespace

Result<std::string> archive_of(const std::vector<ports::ArchivedFile>& files) {
  Source source(zip_source_buffer_create(nullptr, 0, 0, nullptr));
  zip_t* archive = source ? zip_open_from_source(source.get(), ZIP_TRUNCATE, nullptr) : nullptr;
  if (!archive) return internal_error("archive: cannot be begun");
  zip_source_keep(source.get());  // closing the archive would free it
  for (const ports::ArchivedFile& file : files) {
    if (add(archive, file)) continue;
    zip_discard(archive);
    return internal_error("archive: a file cannot be added");
  }
  if (zip_close(archive) < 0) {
    zip_discard(archive);
    return internal_error("archive: cannot be closed");
  }
  std::string bytes = bytes_of(source.get());
  if (bytes.empty()) return internal_error("archive: cannot be read back");
  return bytes;
}

}  // namespace shide::office_files
