#include "web/form.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "web/address.h"

namespace shide::web {
namespace {

Error too_large(std::string_view code, std::size_t limit) {
  return {ErrorCode::kTooLarge, {std::string(code), {{"max", limit}}}};
}

Error broken() { return {ErrorCode::kInvalid, {"form.broken"}}; }

bool is_boundary(std::string_view text) {
  return !text.empty() && text.size() <= 70 && text.back() != ' ' &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x1f && c < 0x7f && c != '"' && c != '\\'; });
}

/// Browsers escape a quote in a field or file name as %22 and line breaks as %0D %0A; nothing else.
std::string unescape_name(std::string text) {
  return replace_all(replace_all(replace_all(std::move(text), "%22", "\""), "%0D", " "), "%0A", " ");
}

std::string last_component(std::string_view name) {
  std::size_t slash = name.find_last_of("/\\");
  return std::string(slash == std::string_view::npos ? name : name.substr(slash + 1));
}

struct PartHead {
  std::string name, file_name, content_type;
  bool is_file = false;
};

Result<PartHead> read_head(std::string_view head) {
  PartHead part;
  bool named = false;
  while (!head.empty()) {
    std::size_t end = head.find("\r\n");
    std::string_view line = head.substr(0, end);
    head = end == std::string_view::npos ? std::string_view{} : head.substr(end + 2);
    std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return broken();
    std::string name = lower_ascii(trim(line.substr(0, colon)));
    std::string_view value = trim(line.substr(colon + 1));
    if (!is_valid_utf8(value)) return Error{ErrorCode::kInvalid, {"form.not_text"}};
    if (name == "content-disposition") {
      if (named || media_type(value) != "form-data") return broken();
      named = true;
      part.name = unescape_name(header_parameter(value, "name"));
      std::string lower = lower_ascii(value);
      part.is_file = lower.find("filename=") != std::string::npos;
      part.file_name = last_component(unescape_name(header_parameter(value, "filename")));
    } else if (name == "content-type") {
      part.content_type = std::string(value);
    }
  }
  if (!named || part.name.empty()) return broken();
  return part;
}

/// What has arrived of a body and is not yet used.
class Window {
 public:
  Window(const ReadBody& read, std::size_t limit) : read_(read), limit_(limit) {}

  std::string_view seen() const { return std::string_view(buffer_).substr(used_); }
  void drop(std::size_t bytes) { used_ += bytes; }

  /// Until at least `size` bytes are seen or the body ends.
  Result<void> want(std::size_t size) {
    while (!ended_ && buffer_.size() - used_ < size) SHIDE_CHECK(read_more());
    return {};
  }
  Result<void> drain() {
    while (!ended_) {
      used_ = buffer_.size();
      SHIDE_CHECK(read_more());
    }
    return {};
  }

 private:
  static constexpr std::size_t kPiece = 64 * 1024;

  Result<void> read_more() {
    buffer_.erase(0, used_);
    used_ = 0;
    std::size_t held = buffer_.size();
    buffer_.resize(held + kPiece);
    long count = read_(buffer_.data() + held, kPiece);
    buffer_.resize(held + static_cast<std::size_t>(std::max(count, 0L)));
    ended_ = count <= 0;
    if (count < 0) return Error{ErrorCode::kInvalid, {"form.broken"}, "the peer went away while sending"};
    taken_ += static_cast<std::size_t>(count);
    ended_ = ended_ || taken_ > limit_;
    return taken_ > limit_ ? Result<void>(too_large("form.too_large", limit_)) : Result<void>();
  }

  const ReadBody& read_;
  std::size_t limit_;
  std::string buffer_;
  std::size_t used_ = 0;
  std::size_t taken_ = 0;
  bool ended_ = false;
};

class MultipartReader {
 public:
  MultipartReader(std::string_view boundary, Window& body, const FormLimits& limits)
      : first_("--" + std::string(boundary)), next_("\r\n" + first_), body_(body), limits_(limits) {}

  Result<Form> read() {
    SHIDE_CHECK(body_.want(first_.size()));
    if (!body_.seen().starts_with(first_)) return broken();
    body_.drop(first_.size());
    Form form;
    for (std::size_t parts = 1;; ++parts) {
      SHIDE_CHECK(body_.want(2));
      if (body_.seen().starts_with("--")) return form;  // the closing boundary; what follows it is not ours
      if (!body_.seen().starts_with("\r\n")) return broken();
      body_.drop(2);
      if (parts > limits_.parts) return too_large("form.too_many_parts", limits_.parts);
      SHIDE_TRY(head, next_head());
      SHIDE_CHECK(take_content(std::move(head), form));
    }
  }

 private:
  struct Content {
    std::string bytes;     // without those above the limit
    std::size_t size = 0;  // as sent
  };

  Result<PartHead> next_head() {
    SHIDE_CHECK(body_.want(limits_.header_bytes + 4));
    std::size_t end = body_.seen().substr(0, limits_.header_bytes + 4).find("\r\n\r\n");
    if (end == std::string_view::npos) return body_.seen().size() > limits_.header_bytes ? too_large("form.broken", limits_.header_bytes) : broken();
    SHIDE_TRY(head, read_head(body_.seen().substr(0, end)));
    body_.drop(end + 2);  // keeps one line break: an empty part is followed by its boundary at once
    return std::move(head);
  }

  Result<void> take_content(PartHead head, Form& form) {
    SHIDE_TRY(content, next_content(head.is_file ? limits_.part_bytes : limits_.text_bytes));
    if (head.is_file) {
      form.add(Upload{std::move(head.name), std::move(head.file_name), std::move(head.content_type), std::move(content.bytes), content.size});
      return {};
    }
    if (content.size > limits_.text_bytes) return too_large("form.text_too_long", limits_.text_bytes).with(head.name, {"form.text_too_long"});
    std::erase(content.bytes, '\0');
    if (!is_valid_utf8(content.bytes)) return Error{ErrorCode::kInvalid, {"form.not_text"}}.with(head.name, {"form.not_text"});
    form.add(std::move(head.name), std::move(content.bytes));
    return {};
  }

  /// What stands between the line break before it and the next boundary.
  Result<Content> next_content(std::size_t limit) {
    std::string bytes;
    std::size_t size = 0;
    auto take = [&](std::size_t count) {
      size += count;
      if (size <= limit + 2) bytes.append(body_.seen().substr(0, count));
      else bytes.clear(), bytes.shrink_to_fit();
      body_.drop(count);
    };
    for (std::size_t end; (end = body_.seen().find(next_)) == std::string_view::npos;) {
      std::size_t seen = body_.seen().size(), kept = std::min(seen, next_.size() - 1);  // it may begin here
      take(seen - kept);
      SHIDE_CHECK(body_.want(kept + 1));
      if (body_.seen().size() == kept) return broken();
    }
    take(body_.seen().find(next_));
    body_.drop(next_.size());
    if (size == 1) return broken();
    std::size_t lead = std::min<std::size_t>(size, 2);
    bytes.erase(0, lead);
    return Content{std::move(bytes), size - lead};
  }

  const std::string first_, next_;
  Window& body_;
  const FormLimits& limits_;
};

}  // namespace

std::string_view Form::text(std::string_view name) const {
  for (const auto& [key, value] : fields_) {
    if (key == name) return value;
  }
  return {};
}

std::vector<std::string> Form::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : fields_) {
    if (key == name) values.push_back(value);
  }
  return values;
}

bool Form::has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const auto& field) { return field.first == name; });
}

std::int64_t Form::number(std::string_view name) const { return plain_number(text(name)); }

const Upload* Form::file(std::string_view name) const {
  for (const Upload& upload : files_) {
    if (upload.field == name && upload.size > 0) return &upload;
  }
  return nullptr;
}

std::string media_type(std::string_view content_type) { return lower_ascii(trim(content_type.substr(0, content_type.find(';')))); }

std::int64_t plain_number(std::string_view text) {
  std::int64_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc{} && end == text.data() + text.size() && number > 0 ? number : 0;
}

std::string header_parameter(std::string_view value, std::string_view name) {
  std::size_t at = std::min(value.find(';'), value.size());
  while (at < value.size()) {
    ++at;  // the semicolon
    while (at < value.size() && (value[at] == ' ' || value[at] == '\t')) ++at;
    std::size_t name_end = std::min(value.find_first_of("=;", at), value.size());
    std::string key = lower_ascii(trim(value.substr(at, name_end - at)));
    std::string text;
    at = name_end;
    if (at < value.size() && value[at] == '=') {
      ++at;
      if (at < value.size() && value[at] == '"') {
        for (++at; at < value.size() && value[at] != '"'; ++at) {
          if (value[at] == '\\' && at + 1 < value.size() && value[at + 1] == '"') ++at;
          text += value[at];
        }
        at = std::min(value.find(';', at), value.size());
      } else {
        std::size_t end = std::min(value.find(';', at), value.size());
        text = std::string(trim(value.substr(at, end - at)));
        at = end;
      }
    }
    if (key == name) return text;
  }
  return {};
}

Result<Form> parse_form(std::string_view content_type, std::string_view body, const FormLimits& limits) {
  std::string type = media_type(content_type);
  if (type == "application/x-www-form-urlencoded") return parse_urlencoded(body, limits);
  if (type == "multipart/form-data") return parse_multipart(header_parameter(content_type, "boundary"), body, limits);
  if (type.empty() && body.empty()) return Form{};
  return Error{ErrorCode::kUnsupportedMedia, {"form.unsupported"}};
}

Result<Form> parse_urlencoded(std::string_view body, const FormLimits& limits) {
  if (body.size() > limits.total_bytes) return too_large("form.too_large", limits.total_bytes);
  SHIDE_TRY(pairs, parse_pairs(replace_all(std::string(body), "%00", ""), limits.pairs));
  Form form;
  for (auto& [name, value] : pairs) {
    if (value.size() > limits.text_bytes) return too_large("form.text_too_long", limits.text_bytes).with(name, {"form.text_too_long"});
    form.add(std::move(name), std::move(value));
  }
  return form;
}

Result<Form> read_multipart(std::string_view boundary, const ReadBody& read, const FormLimits& limits) {
  if (!is_boundary(boundary)) return broken();
  Window body(read, limits.total_bytes);
  auto form = MultipartReader(boundary, body, limits).read();
  SHIDE_CHECK(body.drain());
  return form;
}

Result<Form> parse_multipart(std::string_view boundary, std::string_view body, const FormLimits& limits) {
  return read_multipart(boundary, [&](char* into, std::size_t size) {
    std::size_t count = body.copy(into, size);
    body.remove_prefix(count);
    return static_cast<long>(count);
  }, limits);
}

}  // namespace shide::web
