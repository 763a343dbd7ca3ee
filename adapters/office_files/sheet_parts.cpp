#include "office_files/sheet_parts.h"

#include <Poco/Exception.h>
#include <Poco/SAX/Attributes.h>
#include <Poco/SAX/InputSource.h>
#include <Poco/SAX/SAXParser.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>

#include "base/time.h"

namespace shide::office_files {

using Poco::XML::Attributes;
using Poco::XML::XMLString;

namespace {

constexpr std::size_t kLongestGathered = 64 * 1024;
constexpr std::size_t kMostStrings = 500'000;

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

struct Place {
  std::size_t row = 0, column = 0;  // from 0
};

/// "C7" -> row 6, column 2.
std::optional<Place> place_of(std::string_view reference) {
  std::size_t column = 0, letters = 0;
  while (letters < reference.size() && letters < 3 && reference[letters] >= 'A' && reference[letters] <= 'Z') {
    column = column * 26 + static_cast<std::size_t>(reference[letters++] - 'A' + 1);
  }
  auto row = whole_number(reference.substr(letters));
  if (letters == 0 || !row || *row == 0) return std::nullopt;
  return Place{*row - 1, column - 1};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Formats that are dates without saying how, the East Asian ones among them (ECMA-376 part 1, 18.8.30).
bool is_built_in_date(std::size_t format) {
  return (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) || (format >= 50 && format <= 58);
}

}  // namespace

std::string attribute_of(const Attributes& attributes, std::string_view name) {
  for (int i = 0; i < attributes.getLength(); ++i) {
    if (attributes.getLocalName(i) == name) return attributes.getValue(i);
  }
  return {};
}

bool SheetPart::parse(std::istream& in) {
  in_ = &in;
  Poco::XML::SAXParser parser;
  parser.setContentHandler(this);
  parser.setProperty(Poco::XML::XMLReader::PROPERTY_LEXICAL_HANDLER, static_cast<Poco::XML::LexicalHandler*>(this));
  try {
    Poco::XML::InputSource source(in);
    parser.parse(&source);
  } catch (const Poco::Exception&) {
    return stopped_ && !document_type_;
  }
  return !document_type_;
}

void SheetPart::startDTD(const XMLString&, const XMLString&, const XMLString&) {
  document_type_ = true;
  stop();
}

void SheetPart::startElement(const XMLString&, const XMLString& local, const XMLString&, const Attributes& attributes) {
  into_ = nullptr;
  if (!stopped_) begin(local, attributes);
}

void SheetPart::endElement(const XMLString&, const XMLString& local, const XMLString&) {
  into_ = nullptr;
  if (!stopped_) end(local);
}

void SheetPart::characters(const Poco::XML::XMLChar text[], int start, int length) {
  if (into_ && into_->size() < kLongestGathered) into_->append(text + start, static_cast<std::size_t>(length));
}

void SheetPart::stop() {
  stopped_ = true;
  in_->setstate(std::ios::eofbit);
}

void WorkbookPart::begin(const std::string& element, const Attributes& attributes) {
  if (element == "workbookPr") {
    std::string value = attribute_of(attributes, "date1904");
    from_1904 = value == "1" || value == "true";
  }
  if (element == "sheet") tabs.push_back({attribute_of(attributes, "name"), attribute_of(attributes, "id")});
}

void RelationsPart::begin(const std::string& element, const Attributes& attributes) {
  if (element == "Relationship") targets[attribute_of(attributes, "Id")] = attribute_of(attributes, "Target");
}

void SharedStringsPart::begin(const std::string& element, const Attributes&) {
  if (element == "si") text_.clear();
  if (element == "rPh") ++phonetic_;
  if (element == "t" && phonetic_ == 0) gather(&text_);
}

void SharedStringsPart::end(const std::string& element) {
  if (element == "rPh") --phonetic_;
  if (element != "si") return;
  bytes_ += text_.size() + sizeof(std::string);
  too_long = bytes_ > 2 * ports::kMaximumTableText || strings.size() >= kMostStrings;
  if (too_long) return stop();
  strings.push_back(std::move(text_));
  text_.clear();
}

void StylesPart::begin(const std::string& element, const Attributes& attributes) {
  if (element == "numFmt" && shows_date(attribute_of(attributes, "formatCode"))) date_formats_.insert(attribute_of(attributes, "numFmtId"));
  if (element == "cellXfs") in_cell_styles_ = true;
  if (element != "xf" || !in_cell_styles_) return;
  std::string format = attribute_of(attributes, "numFmtId");
  auto number = whole_number(format);
  is_date.push_back(date_formats_.count(format) > 0 || (number && is_built_in_date(*number)));
}

void StylesPart::end(const std::string& element) {
  if (element == "cellXfs") in_cell_styles_ = false;
}

void WorksheetPart::begin(const std::string& element, const Attributes& attributes) {
  if (element == "row") {
    auto row = whole_number(attribute_of(attributes, "r"));
    next_row_ = row && *row > 0 ? *row - 1 : next_row_;
    next_column_ = 0;
  } else if (element == "c") {
    auto place = place_of(attribute_of(attributes, "r"));
    row_ = place ? place->row : next_row_;
    column_ = place ? place->column : next_column_;
    next_column_ = column_ + 1;
    type_ = attribute_of(attributes, "t");
    style_ = whole_number(attribute_of(attributes, "s")).value_or(0);
    value_.clear();
    inline_text_.clear();
  } else if (element == "v") {
    gather(&value_);
  } else if (element == "rPh") {
    ++phonetic_;
  } else if (element == "t" && phonetic_ == 0) {
    gather(&inline_text_);
  } else if (element == "mergeCell") {
    std::string area = attribute_of(attributes, "ref");
    std::size_t colon = area.find(':');
    auto first = place_of(std::string_view(area).substr(0, colon));
    auto last = colon == std::string::npos ? std::nullopt : place_of(std::string_view(area).substr(colon + 1));
    if (first && last) cells_.merge(first->row, first->column, last->row, last->column);
  }
  if (cells_.refusal()) stop();
}

void WorksheetPart::end(const std::string& element) {
  if (element == "rPh") --phonetic_;
  if (element == "row") ++next_row_;
  if (element == "c") cells_.put(row_, column_, shown());
}

std::string WorksheetPart::shown() const {
  if (type_ == "inlineStr") return inline_text_;
  if (type_ == "s") {
    auto index = whole_number(value_);
    return index && *index < strings_.size() ? strings_[*index] : std::string();
  }
  if (type_ == "b") return value_ == "1" ? "TRUE" : "FALSE";
  if (!type_.empty() && type_ != "n") return value_;
  if (style_ < is_date_.size() && is_date_[style_]) return day_of_number(value_, from_1904_);
  return plain_digits(value_);
}

std::string plain_digits(std::string_view number) {
  std::string_view rest = number;
  bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  std::string digits;
  std::optional<std::size_t> point;
  std::size_t at = 0;
  for (; at < rest.size() && (is_digit(rest[at]) || (rest[at] == '.' && !point)); ++at) {
    if (rest[at] == '.') point = digits.size();
    else digits += rest[at];
  }
  int exponent = 0;
  if (at < rest.size()) {
    std::string_view power = rest.substr(at + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), exponent);
    if ((rest[at] != 'E' && rest[at] != 'e') || error != std::errc() || end != power.data() + power.size()) return std::string(number);
  }
  constexpr int kFurthest = 40;  // no number of a school's is that long
  if (digits.empty() || exponent > kFurthest || exponent < -kFurthest) return std::string(number);
  int whole = static_cast<int>(point.value_or(digits.size())) + exponent;
  if (whole < 0) digits.insert(0, static_cast<std::size_t>(-whole), '0'), whole = 0;
  if (static_cast<std::size_t>(whole) > digits.size()) digits.append(static_cast<std::size_t>(whole) - digits.size(), '0');
  std::string before = digits.substr(0, static_cast<std::size_t>(whole)), after = digits.substr(static_cast<std::size_t>(whole));
  while (!after.empty() && after.back() == '0') after.pop_back();
  // A leading zero stays only before the point: office programs keep none either.
  while (before.size() > 1 && before.front() == '0') before.erase(0, 1);
  return (negative ? "-" : "") + (before.empty() ? "0" : before) + (after.empty() ? "" : "." + after);
}

std::string day_of_number(std::string_view number, bool from_1904) {
  constexpr std::int64_t kLastDay = 2'958'465;                 // the end of the year 9999
  constexpr std::int64_t k1900 = -25'569, k1904 = -24'107;     // day 0, counted from 1970
  std::string copy(number);
  char* end = nullptr;
  double days = std::strtod(copy.c_str(), &end);
  if (copy.empty() || *end != '\0' || !(days >= 0) || days > static_cast<double>(kLastDay)) return plain_digits(number);
  auto whole = static_cast<std::int64_t>(days);
  // 1900 was no leap year, but the first spreadsheets thought so.
  std::int64_t day = whole + (from_1904 ? k1904 : whole < 60 ? k1900 + 1 : k1900);
  auto minutes = static_cast<int>((days - static_cast<double>(whole)) * 24 * 60 + 0.5);
  char clock[16] = "";
  if (minutes > 0) std::snprintf(clock, sizeof clock, " %02d:%02d", minutes / 60 % 24, minutes % 60);
  return to_text(Date{static_cast<std::int32_t>(day)}) + clock;
}

bool shows_date(std::string_view format) {
  for (std::size_t at = 0; at < format.size(); ++at) {
    char c = format[at];
    if (c == '"') at = std::min(format.find('"', at + 1), format.size());
    else if (c == '[') at = std::min(format.find(']', at + 1), format.size());
    else if (c == '\\' || c == '_' || c == '*') ++at;
    else if (std::string_view("yYmMdDhHsS").find(c) != std::string_view::npos) return true;
    else if ((c == 'G' || c == 'g') && format.substr(at).size() >= 7) at += 6;  // General
  }
  return false;
}

}  // namespace shide::office_files
