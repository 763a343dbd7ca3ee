#include "office_files/docx_writer.h"

#include "base/markup.h"
#include "base/text.h"
#include "office_files/archive.h"

namespace shide::office_files {
namespace {

using ports::ArchivedFile;
using ports::FormBox;
using ports::Picture;
using ports::PrintedForm;

constexpr std::string_view kXml = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
constexpr std::string_view kMain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
constexpr std::string_view kStylesType = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml";
constexpr std::string_view kFooterType = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml";
constexpr std::string_view kPropertiesType = "application/vnd.openxmlformats-officedocument.custom-properties+xml";
constexpr std::string_view kRelation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view kRelations = R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
constexpr std::string_view kDocument =
    R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")"
    R"( xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main")"
    R"( xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>)";
constexpr std::string_view kFooter = R"(<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">)";
constexpr std::string_view kStyles =
    R"(<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" )"
    R"(w:hAnsi="Times New Roman" w:eastAsia="SimSun"/><w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>)";
constexpr std::string_view kProperties =
    R"(<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">)";

// Twentieths of a point: a page of A4 with a margin of 2 cm, and its columns of label, text, label, text.
constexpr const char* kSection = R"(<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>)";
constexpr int kLabel = 1500, kText = 3319, kWhole = 2 * kText + kLabel;
constexpr std::int64_t kPictureWidth = 2'450'000, kPictureHeight = 1'900'000;  // EMU, 360,000 a centimetre: two beside each other

std::string type_of(std::string_view part, std::string_view type) { return "<Override PartName=\"" + std::string(part) + "\" ContentType=\"" + std::string(type) + "\"/>"; }

std::string escaped(std::string_view text) {
  std::string held(text);
  std::erase_if(held, [](unsigned char c) { return c < 0x20 && c != '\t'; });
  return escape_html(held);
}

std::string run(std::string_view text, std::string_view look) {
  return "<w:r>" + std::string(look) + "<w:t xml:space=\"preserve\">" + escaped(text) + "</w:t></w:r>";
}
std::string paragraph(std::string_view text, std::string_view paragraph_look, std::string_view run_look) {
  return "<w:p>" + std::string(paragraph_look) + run(text, run_look) + "</w:p>";
}
constexpr std::string_view kCentred = R"(<w:pPr><w:jc w:val="center"/></w:pPr>)";
constexpr std::string_view kTitle = R"(<w:rPr><w:b/><w:sz w:val="32"/></w:rPr>)";

std::string cell(int width, int columns, std::string_view content) {
  std::string span = columns > 1 ? "<w:gridSpan w:val=\"" + std::to_string(columns) + "\"/>" : "";
  return "<w:tc><w:tcPr><w:tcW w:w=\"" + std::to_string(width) + "\" w:type=\"dxa\"/>" + span + "<w:vAlign w:val=\"center\"/></w:tcPr>" + std::string(content) + "</w:tc>";
}

/// A document with its table and the parts around it, as they come together.
class FormDocument {
 public:
  explicit FormDocument(const PrintedForm& form) : form_(form) {}

  Result<std::string> bytes() {
    std::string body = paragraph(form_.corner, {}, {}) + paragraph(form_.title, kCentred, kTitle) + paragraph(form_.above, {}, {}) + table();
    for (const std::string& line : form_.signatures) body += paragraph(line + std::string(24, '_'), R"(<w:pPr><w:spacing w:before="240"/></w:pPr>)", {});
    std::string document = std::string(kXml) + std::string(kDocument) + body + R"(<w:sectPr><w:footerReference w:type="default" r:id="r2"/>)" + kSection + "</w:body></w:document>";
    std::string footer = std::string(kXml) + std::string(kFooter) + paragraph(form_.foot, {}, R"(<w:rPr><w:sz w:val="16"/></w:rPr>)") + "</w:ftr>";
    std::string properties = std::string(kXml) + std::string(kProperties) + property(2, kMarkProperty, form_.mark) + property(3, kStateProperty, form_.state) + "</Properties>";
    std::vector<ArchivedFile> files = {{"[Content_Types].xml", types()}, {"_rels/.rels", package_relations()}, {"word/document.xml", std::move(document)},
                                       {"word/_rels/document.xml.rels", document_relations()}, {"word/styles.xml", std::string(kXml) + std::string(kStyles)},
                                       {"word/footer1.xml", std::move(footer)}, {"docProps/custom.xml", std::move(properties)}};
    for (std::size_t i = 0; i < pictures_.size(); ++i) files.push_back({"word/" + picture_name(i), pictures_[i]->jpeg});
    return archive_of(files);
  }

 private:
  static std::string property(int number, std::string_view name, std::string_view value) {
    return R"(<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid=")" + std::to_string(number) + "\" name=\"" + std::string(name) + "\"><vt:lpwstr>" + escaped(value) + "</vt:lpwstr></property>";
  }
  static std::string picture_name(std::size_t index) { return "media/photo" + std::to_string(index + 1) + ".jpg"; }
  static std::string picture_relation(std::size_t index) { return "p" + std::to_string(index + 1); }

  std::string types() const {
    std::string text = std::string(kXml) + R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" )"
        R"(ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="jpg" ContentType="image/jpeg"/>)";
    return text + type_of("/word/document.xml", kMain) + type_of("/word/styles.xml", kStylesType) + type_of("/word/footer1.xml", kFooterType) + type_of("/docProps/custom.xml", kPropertiesType) + "</Types>";
  }
  static std::string relation(const std::string& id, const std::string& kind, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + std::string(kRelation) + "/" + kind + "\" Target=\"" + target + "\"/>";
  }
  static std::string package_relations() {
    return std::string(kXml) + std::string(kRelations) + relation("r1", "officeDocument", "word/document.xml") + relation("r2", "custom-properties", "docProps/custom.xml") + "</Relationships>";
  }
  std::string document_relations() const {
    std::string text = std::string(kXml) + std::string(kRelations) + relation("r1", "styles", "styles.xml") + relation("r2", "footer", "footer1.xml");
    for (std::size_t i = 0; i < pictures_.size(); ++i) text += relation(picture_relation(i), "image", picture_name(i));
    return text + "</Relationships>";
  }

  std::string table() {
    std::string grid;
    for (int width : {kLabel, kText, kLabel, kText}) grid += "<w:gridCol w:w=\"" + std::to_string(width) + "\"/>";
    std::string borders;
    for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"}) borders += "<w:" + std::string(side) + R"( w:val="single" w:sz="4" w:space="0" w:color="auto"/>)";
    std::string text = "<w:tbl><w:tblPr><w:tblW w:w=\"" + std::to_string(kLabel + kWhole) + R"(" w:type="dxa"/><w:tblBorders>)" + borders +
                       R"(</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>)" + grid + "</w:tblGrid>";
    for (std::size_t i = 0; i < form_.boxes.size(); ++i) {
      const FormBox& box = form_.boxes[i];
      bool is_pair = box.is_half && i + 1 < form_.boxes.size() && form_.boxes[i + 1].is_half;
      text += "<w:tr>" + label(box) + (is_pair ? cell(kText, 1, content(box)) + label(form_.boxes[i + 1]) + cell(kText, 1, content(form_.boxes[i + 1])) : cell(kWhole, 3, content(box))) + "</w:tr>";
      if (is_pair) ++i;
    }
    return text + "</w:tbl>";
  }
  std::string label(const FormBox& box) {
    std::string mark;
    if (&box == form_.boxes.data() && !form_.mark.empty()) {
      std::string name = std::string(kMarkBookmark) + replace_all(form_.mark, "-", "");
      mark = "<w:bookmarkStart w:id=\"0\" w:name=\"" + escaped(name) + "\"/><w:bookmarkEnd w:id=\"0\"/>";
    }
    return cell(kLabel, 1, "<w:p>" + std::string(kCentred) + mark + run(box.label, {}) + "</w:p>");
  }
  std::string content(const FormBox& box) {
    std::string text;
    std::size_t lines = 0;
    if (!box.text.empty()) {
      for (std::string_view line : split(box.text, '\n')) {
        text += paragraph(line, {}, {});
        ++lines;
      }
    }
    if (!box.pictures.empty()) {
      text += "<w:p>" + std::string(kCentred);
      for (const Picture& picture : box.pictures) text += drawing(picture, box.label);
      text += "</w:p>";
      ++lines;
    }
    for (; lines < std::max<std::size_t>(box.lines, 1); ++lines) text += "<w:p/>";
    return text;
  }
  std::string drawing(const Picture& picture, std::string_view words) {
    pictures_.push_back(&picture);
    std::string number = std::to_string(pictures_.size());
    std::int64_t width = std::max<std::int64_t>(picture.width, 1), height = std::max<std::int64_t>(picture.height, 1);
    bool is_wide = width * kPictureHeight >= height * kPictureWidth;
    std::string x = std::to_string(is_wide ? kPictureWidth : kPictureHeight * width / height), y = std::to_string(is_wide ? kPictureWidth * height / width : kPictureHeight);
    std::string name = "id=\"" + number + "\" name=\"photo" + number + "\" descr=\"" + escaped(words) + "\"";
    return R"(<w:r><w:drawing><wp:inline distT="0" distB="0" distL="36000" distR="36000"><wp:extent cx=")" + x + "\" cy=\"" + y + "\"/><wp:docPr " + name +
           R"(/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr )" + name +
           R"(/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=")" + picture_relation(pictures_.size() - 1) +
           R"("/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx=")" + x + "\" cy=\"" + y +
           R"("/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>)";
  }

  const PrintedForm& form_;
  std::vector<const Picture*> pictures_;
};

}  // namespace

Result<std::string> docx_of(std::string_view heading, const std::vector<std::string>& paragraphs) {
  std::string body;
  if (!heading.empty()) body += paragraph(heading, kCentred, kTitle);
  for (const std::string& text : paragraphs) body += paragraph(text, {}, {});
  std::string document = std::string(kXml) + R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)" + body + "</w:body></w:document>";
  std::string types = std::string(kXml) + R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" )"
      R"(ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)" + type_of("/word/document.xml", kMain) + "</Types>";
  std::string relations = std::string(kXml) + std::string(kRelations) + "<Relationship Id=\"r1\" Type=\"" + std::string(kRelation) + "/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
  return archive_of({{"[Content_Types].xml", std::move(types)}, {"_rels/.rels", std::move(relations)}, {"word/document.xml", std::move(document)}});
}

Result<std::string> form_docx(const PrintedForm& form) { return FormDocument(form).bytes(); }

}  // namespace shide::office_files
