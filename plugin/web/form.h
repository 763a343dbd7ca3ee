// What a reader filled in: a urlencoded or multipart/form-data body, parsed with limits.
//
//     auto form = parse_form(request.header("content-type"), body, {});
//     form->text("note")  ->  "..."          form->file("photo")  ->  name, type and bytes, or null
//
// All names and texts are valid UTF-8; a NUL that came along with pasted text is dropped. The bytes of files are as they came.
// A file above its limit is kept by name and size, without its bytes, so that it costs nobody the words beside it. What else does
// not keep to the limits or the grammar is refused whole: kTooLarge, kUnsupportedMedia, or kInvalid with phrases `form.*`.
// A multipart body is read as it arrives, so that a large upload is held once. Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace shide::web {

struct FormLimits {
  std::size_t parts = 64;                       // of a multipart body
  std::size_t pairs = 512;                      // of a urlencoded body
  std::size_t part_bytes = 12 * 1024 * 1024;    // of one file
  std::size_t text_bytes = 256 * 1024;          // of one text field
  std::size_t total_bytes = 26 * 1024 * 1024;
  std::size_t header_bytes = 16 * 1024;         // of one part's headers
};

struct Upload {
  std::string field;
  std::string file_name;     // its last component only; shown, never used as a path
  std::string content_type;  // as claimed: the bytes decide
  std::string bytes;
  std::size_t size = 0;      // as sent
  bool too_large() const { return bytes.size() < size; }
};

class Form {
 public:
  /// The first value of that name; empty when there is none.
  std::string_view text(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
  bool has(std::string_view name) const;
  /// A version or count in a hidden field; 0 for what is no plain number.
  std::int64_t number(std::string_view name) const;
  /// The first file of that name that was not empty, or null: a file input left empty still sends a part.
  const Upload* file(std::string_view name) const;

  const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }
  const std::vector<Upload>& files() const { return files_; }
  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  void add(Upload upload) { files_.push_back(std::move(upload)); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
  std::vector<Upload> files_;
};

/// Where a body comes from: up to `size` bytes into `into`; 0 = end, < 0 = the peer is gone.
using ReadBody = std::function<long(char* into, std::size_t size)>;

/// A multipart body as it arrives; also what stands behind its end is read, so that the connection can go on. `boundary` as in
/// the content type, without its leading dashes. Fails as the parsers below, and with kInvalid when the peer goes away.
Result<Form> read_multipart(std::string_view boundary, const ReadBody& read, const FormLimits& limits);

/// By content type; an empty body without a content type is an empty form.
Result<Form> parse_form(std::string_view content_type, std::string_view body, const FormLimits& limits);
Result<Form> parse_urlencoded(std::string_view body, const FormLimits& limits);
Result<Form> parse_multipart(std::string_view boundary, std::string_view body, const FormLimits& limits);

/// "multipart/form-data; boundary=x" -> "multipart/form-data", in lower case.
std::string media_type(std::string_view content_type);
/// The digits of a text as a number, 0 for anything else.
std::int64_t plain_number(std::string_view text);
/// A parameter of a header value: header_parameter("form-data; name=\"a\"", "name") -> a. Empty when there is none.
std::string header_parameter(std::string_view value, std::string_view name);

}  // namespace shide::web
