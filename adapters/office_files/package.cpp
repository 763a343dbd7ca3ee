#include "office_files/package.h"

#include <zip.h>

#include <algorithm>
#include <streambuf>

#include "office_files/refusal.h"

namespace shide::office_files {
namespace {

constexpr std::string_view kFirstBytes("PK\3\4", 4);

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

/// Passes on what libzip unpacks, until the budget is spent.
class Metered : public std::streambuf {
 public:
  Metered(zip_file_t* from, std::uint64_t& budget) : from_(from), budget_(budget) {}
  bool is_overspent() const { return overspent_; }
  bool failed() const { return failed_; }

 private:
  int_type underflow() override {
    zip_int64_t count = zip_fread(from_, buffer_, sizeof buffer_);
    failed_ = failed_ || count < 0;
    overspent_ = overspent_ || (count > 0 && static_cast<std::uint64_t>(count) > budget_);
    if (count <= 0 || overspent_) return traits_type::eof();
    budget_ -= static_cast<std::uint64_t>(count);
    setg(buffer_, buffer_, buffer_ + count);
    return traits_type::to_int_type(buffer_[0]);
  }

  zip_file_t* from_;
  std::uint64_t& budget_;
  bool failed_ = false;
  bool overspent_ = false;
  char buffer_[16 * 1024];
};

/// Nothing when the bytes are damaged or cut off.
zip_t* opened(std::string_view bytes) {
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  if (!source) return nullptr;
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (!archive) zip_source_free(source);
  return archive;
}

}  // namespace

void Package::Discard::operator()(struct zip* archive) const { zip_discard(archive); }

Result<Package> Package::open(std::string_view bytes) {
  if (!bytes.starts_with(kFirstBytes)) return not_docx();
  Package package;
  package.archive_.reset(opened(bytes));
  if (!package.archive_) return broken();
  zip_int64_t count = zip_get_num_entries(package.archive_.get(), 0);
  if (count > static_cast<zip_int64_t>(kMostParts)) return bomb();
  package.budget_ = std::min<std::uint64_t>(kMostUnpacked, bytes.size() * kMostTimesLarger);
  std::uint64_t claimed = 0;
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t about;
    auto index = static_cast<zip_uint64_t>(i);
    const char* name = zip_get_name(package.archive_.get(), index, ZIP_FL_ENC_RAW);
    if (!name || zip_stat_index(package.archive_.get(), index, 0, &about) != 0) return broken();
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE) return encrypted();
    if (about.valid & ZIP_STAT_SIZE) claimed += std::min<std::uint64_t>(about.size, kMostUnpacked + 1);
    package.parts_.push_back({name, index});
  }
  if (claimed > package.budget_) return bomb();
  return package;
}

Result<void> Package::read(const PackagePart& part, const std::function<void(std::istream&)>& use) {
  std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive_.get(), part.index, 0));
  if (!file) return broken();
  Metered metered(file.get(), budget_);
  std::istream in(&metered);
  use(in);
  if (metered.is_overspent()) return bomb();
  if (metered.failed()) return broken();
  return {};
}

}  // namespace shide::office_files
