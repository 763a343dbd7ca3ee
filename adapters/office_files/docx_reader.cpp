#include "office_files/docx_reader.h"

#include <Poco/Exception.h>
#include <Poco/SAX/InputSource.h>
#include <Poco/SAX/SAXParser.h>

#include <iterator>
#include <optional>

#include "base/text.h"
#include "office_files/form_part.h"
#include "office_files/package.h"
#include "office_files/part_reader.h"
#include "office_files/refusal.h"

namespace shide::office_files {
namespace {

constexpr std::size_t kMegabyte = 1u << 20;

/// Files of before 2007, and those with a password, are no zip but a file system of Windows.
constexpr std::string_view kCompoundFile("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);

std::string in_utf16(std::string_view ascii) {
  std::string wide;
  for (char c : ascii) {
    wide += c;
    wide += '\0';
  }
  return wide;
}

std::optional<Error> refuse_at_sight(std::string_view bytes) {
  if (bytes.size() > ports::kMaximumDocumentBytes) {
    return refusal(ErrorCode::kTooLarge, {"document.too_large", {{"size", (bytes.size() + kMegabyte - 1) / kMegabyte}, {"limit", ports::kMaximumDocumentBytes / kMegabyte}}});
  }
  if (!bytes.starts_with(kCompoundFile)) return std::nullopt;
  return bytes.find(in_utf16("EncryptedPackage")) == std::string_view::npos ? old_doc() : encrypted();
}

bool is_xml(std::string_view name) { return name.ends_with(".xml") || name.ends_with(".rels"); }

/// Fonts, colours and layouts: long, and nobody's words.
bool is_furniture(std::string_view name) { return name.find("/theme/") != std::string_view::npos || name == "[Content_Types].xml" || name == "word/styles.xml"; }

PartReader::Content content_of(std::string_view name) {
  bool is_fields = name.starts_with("customXml/") && name.find('/', 10) == std::string_view::npos && name.find("Props") == std::string_view::npos;
  return is_fields ? PartReader::Content::kEveryWord : PartReader::Content::kText;
}

template <class Reader>
void parse(std::istream& in, Reader& reader) {
  Poco::XML::SAXParser parser;
  parser.setContentHandler(&reader);
  parser.setProperty(Poco::XML::XMLReader::PROPERTY_LEXICAL_HANDLER, static_cast<Poco::XML::LexicalHandler*>(&reader));
  Poco::XML::InputSource source(in);
  parser.parse(&source);
}

/// One part into `passages`; true for the part that is the document itself.
Result<bool> read_part(Package& package, const PackagePart& part, Passages& passages) {
  bool is_document = false, well_formed = true, has_type = false;
  SHIDE_CHECK(package.read(part, [&](std::istream& in) {
    PartReader reader(passages, in, content_of(part.name));
    try {
      parse(in, reader);
    } catch (const Poco::Exception&) {
      well_formed = false;
    }
    is_document = reader.root() == "document";
    has_type = reader.has_document_type();
  }));
  if (passages.is_full()) return too_long();
  if (has_type || !well_formed) return broken();
  return is_document;
}

/// As read_part, into `form`. The mark of the properties counts before that of the bookmark, whichever part comes first.
Result<bool> read_form_part(Package& package, const PackagePart& part, ports::FilledForm& form) {
  ports::FilledForm found;
  bool is_document = false, is_properties = false, well_formed = true, has_type = false, is_full = false;
  SHIDE_CHECK(package.read(part, [&](std::istream& in) {
    FormPart reader(found, in);
    try {
      parse(in, reader);
    } catch (const Poco::Exception&) {
      well_formed = false;
    }
    is_document = reader.root() == "document";
    is_properties = reader.root() == "Properties";
    has_type = reader.has_document_type();
    is_full = reader.is_full();
  }));
  if (is_full) return too_long();
  if (has_type || !well_formed) return broken();
  if (is_document) form.rows.insert(form.rows.end(), std::make_move_iterator(found.rows.begin()), std::make_move_iterator(found.rows.end()));
  if (is_properties && !found.mark.empty()) form.mark = found.mark;
  if (is_document && form.mark.empty()) form.mark = found.mark;
  if (is_properties && form.state.empty()) form.state = found.state;
  return is_document;
}

}  // namespace

Result<ports::FilledForm> read_form(std::string_view bytes) {
  if (auto error = refuse_at_sight(bytes)) return std::move(*error);
  SHIDE_TRY(package, Package::open(bytes));
  ports::FilledForm form;
  bool has_document = false;
  for (const PackagePart& part : package.parts()) {
    if (!part.name.ends_with(".xml") || is_furniture(part.name)) continue;
    SHIDE_TRY(is_document, read_form_part(package, part, form));
    has_document = has_document || is_document;
  }
  if (!has_document) return not_docx();
  return form;
}

Result<ports::DocumentText> read_docx(std::string_view bytes) {
  if (auto error = refuse_at_sight(bytes)) return std::move(*error);
  SHIDE_TRY(package, Package::open(bytes));
  Passages passages;
  ports::DocumentText document;
  bool has_document = false;
  for (const PackagePart& part : package.parts()) {
    if (part.name.ends_with('/') || is_furniture(part.name)) continue;
    if (is_xml(part.name)) {
      SHIDE_TRY(is_document, read_part(package, part, passages));
      has_document = has_document || is_document;
      continue;
    }
    if (!part.name.starts_with("docProps/")) ++document.attachments;  // there lies a small picture of the first page
    if (is_valid_utf8(part.name)) passages.add(ports::DocumentPart::kAttachment, std::string_view(part.name).substr(part.name.rfind('/') + 1));
  }
  if (!has_document) return not_docx();
  document.passages = passages.in_order();
  return document;
}

}  // namespace shide::office_files
