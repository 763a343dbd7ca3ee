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

Result<Form> parse_multipart(std::string_view boundary, std::string_view body, const FormLimits& limits) {
  if (!is_boundary(boundary)) return broken();
  if (body.size() > limits.total_bytes) return too_large("form.too_large", limits.total_bytes);
  const std::string first = "--" + std::string(boundary);
  const std::string next = "\r\n" + first;
  if (!body.starts_with(first)) return broken();
  body.remove_prefix(first.size());

  Form form;
  std::size_t parts = 0;
  while (true) {
    if (body.starts_with("--")) return form;  // the closing boundary; what follows it is not ours
    if (!body.starts_with("\r\n")) return broken();
    body.remove_prefix(2);
    if (++parts > limits.parts) return too_large("form.too_many_parts", limits.parts);

    std::size_t head_end = body.substr(0, limits.header_bytes + 4).find("\r\n\r\n");
    if (head_end == std::string_view::npos) {
      return body.size() > limits.header_bytes ? too_large("form.broken", limits.header_bytes) : broken();
    }
    SHIDE_TRY(head, read_head(body.substr(0, head_end)));
    body.remove_prefix(head_end + 2);  // keeps one line break: an empty part is followed by its boundary at once
    std::size_t end = body.find(next);
    if (end == std::string_view::npos) return broken();
    std::string_view content = end < 2 ? std::string_view{} : body.substr(2, end - 2);
    if (end < 2 && end != 0) return broken();
    body.remove_prefix(end + next.size());

    if (head.is_file) {
      std::string_view kept = content.size() > limits.part_bytes ? std::string_view{} : content;
      form.add(Upload{std::move(head.name), std::move(head.file_name), std::move(head.content_type), std::string(kept), content.size()});
      continue;
    }
    if (content.size() > limits.text_bytes) return too_large("form.text_too_long", limits.text_bytes).with(head.name, {"form.text_too_long"});
    std::string text(content);
    std::erase(text, '\0');
    if (!is_valid_utf8(text)) return Error{ErrorCode::kInvalid, {"form.not_text"}}.with(head.name, {"form.not_text"});
    form.add(std::move(head.name), std::move(text));
  }
}

}  // namespace shide::web
