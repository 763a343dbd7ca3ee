#include "base/json.h"

#include <set>
#include <string>
#include <vector>

#include "base/text.h"

namespace shide {
namespace {

// Walks the text once before anything is built, and stops at the first thing we do not accept.
class Guard : public nlohmann::json_sax<nlohmann::json> {
 public:
  Error error{ErrorCode::kInvalid, {"json.unreadable", {{"at", 0}}}, "json: not read"};

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t& text) override { return holds_no_nul(text); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(true); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(false); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    if (!holds_no_nul(name)) return false;
    if (keys_.back().insert(name).second) return true;
    return refuse({"json.duplicate_key", {{"key", first_characters(name, 64)}}}, "a key twice in one object");
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    return refuse({"json.unreadable", {{"at", position}}}, "unreadable at byte " + std::to_string(position));
  }

 private:
  bool open(bool is_object) {
    if (depth_ == kJsonDepthLimit) return refuse({"json.too_deep", {{"depth", kJsonDepthLimit}}}, "nested too deep");
    ++depth_;
    if (is_object) keys_.emplace_back();
    closes_object_.push_back(is_object);
    return true;
  }

  bool close() {
    if (closes_object_.back()) keys_.pop_back();
    closes_object_.pop_back();
    --depth_;
    return true;
  }

  bool holds_no_nul(const std::string& text) {
    if (text.find('\0') == std::string::npos) return true;
    return refuse({"json.not_utf8"}, "NUL in a text");
  }

  bool refuse(Phrase phrase, std::string_view what) {
    error = {ErrorCode::kInvalid, std::move(phrase), "json: " + std::string(what)};
    return false;
  }

  int depth_ = 0;
  std::vector<bool> closes_object_;
  std::vector<std::set<std::string>> keys_;
};

}  // namespace

Result<nlohmann::json> parse_json(std::string_view text) {
  if (text.size() > kJsonSizeLimit) {
    return Error{ErrorCode::kTooLarge, {"json.too_large", {{"mebibytes", 4}}}, "json: over the size limit"};
  }
  if (!is_valid_utf8(text)) return Error{ErrorCode::kInvalid, {"json.not_utf8"}, "json: not UTF-8"};
  Guard guard;
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &guard)) return guard.error;
  return nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
}

std::optional<Decimal> decimal_of(const nlohmann::json& value) {
  if (value.is_string()) return Decimal::parse(value.get_ref<const std::string&>());
  // dump() gives the shortest text that reads back as the same number: what was typed, up to 15 digits.
  if (value.is_number_integer()) return Decimal::parse(value.dump());
  if (!value.is_number_float()) return std::nullopt;
  std::string text = value.dump();
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return Decimal::parse(text);
}

}  // namespace shide
