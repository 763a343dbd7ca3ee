// A .docx made of the parts a test plants: name -> bytes, zipped as a word processor does.
//
//     docx({{"word/document.xml", document_xml("<w:p><w:r><w:t>A</w:t></w:r></w:p>")}})
#pragma once

#include <Poco/DateTime.h>
#include <Poco/Zip/Compress.h>

#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace shide::testing {

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::string xml(const std::string& root, const std::string& content) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:" + root + " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
         "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">" + content + "</w:" + root + ">";
}
inline std::string document_xml(const std::string& body) { return xml("document", "<w:body>" + body + "</w:body>"); }
inline std::string run(const std::string& text, const std::string& properties = "") {
  return "<w:r>" + (properties.empty() ? "" : "<w:rPr>" + properties + "</w:rPr>") + "<w:t xml:space=\"preserve\">" + text + "</w:t></w:r>";
}
inline std::string paragraph(const std::string& runs) { return "<w:p>" + runs + "</w:p>"; }

inline std::string docx(const Parts& parts) {
  std::ostringstream file;
  Poco::Zip::Compress zip(file, true);
  for (const auto& [name, bytes] : parts) {
    std::istringstream part(bytes);
    zip.addFile(part, Poco::DateTime(), Poco::Path(name, Poco::Path::PATH_UNIX));
  }
  zip.close();
  return file.str();
}

}  // namespace shide::testing
