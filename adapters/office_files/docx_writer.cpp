#include "office_files/docx_writer.h"

#include "base/markup.h"
#include "office_files/archive.h"

namespace shide::office_files {
namespace {

constexpr std::string_view kXml = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
constexpr std::string_view kTypes =
    R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
    R"(<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>)";
constexpr std::string_view kRelations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>)";

std::string escaped(std::string_view text) {
  std::string held(text);
  std::erase_if(held, [](unsigned char c) { return c < 0x20 && c != '\t'; });
  return escape_html(held);
}

std::string paragraph(std::string_view text, std::string_view paragraph_look, std::string_view run_look) {
  return "<w:p>" + std::string(paragraph_look) + "<w:r>" + std::string(run_look) + "<w:t xml:space=\"preserve\">" + escaped(text) + "</w:t></w:r></w:p>";
}

}  // namespace

Result<std::string> docx_of(std::string_view heading, const std::vector<std::string>& paragraphs) {
  std::string body;
  if (!heading.empty()) body += paragraph(heading, R"(<w:pPr><w:jc w:val="center"/></w:pPr>)", R"(<w:rPr><w:b/><w:sz w:val="32"/></w:rPr>)");
  for (const std::string& text : paragraphs) body += paragraph(text, {}, {});
  std::string document = std::string(kXml) + R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)" + body + "</w:body></w:document>";
  return archive_of({{"[Content_Types].xml", std::string(kXml) + std::string(kTypes)}, {"_rels/.rels", std::string(kXml) + std::string(kRelations)}, {"word/document.xml", std::move(document)}});
}

}  // namespace shide::office_files
