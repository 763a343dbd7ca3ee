// Reads one XML part of a word processor's package: the text a page shows, what is struck out or made invisible, who wrote it, and
// the names that ride along. Goes by local names, since the two editions of the standard differ only in their namespaces.
//
//     <w:p><w:r><w:t>A</w:t></w:r><w:del w:author="B"><w:r><w:delText>C</w:delText></w:r></w:del></w:p>   ->  kBody A, kDeleted C, kAuthor B
//
// A document type is refused: nothing of ours needs one, and entities are how a small file becomes a large one.
#pragma once

#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/LexicalHandler.h>

#include <istream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "office_files/passages.h"

namespace shide::office_files {

class PartReader : public Poco::XML::DefaultHandler, public Poco::XML::LexicalHandler {
 public:
  /// What a part holds: text with its marks, or fields in which every word counts.
  enum class Content { kText, kEveryWord };

  /// REQUIRES: both outlive the reader. `in` is brought to its end when there is no use in reading on.
  PartReader(Passages& passages, std::istream& in, Content content) : passages_(passages), in_(in), content_(content) {}

  /// The name of the outermost element: "document", "hdr", "comments"; empty before it.
  const std::string& root() const { return root_; }
  bool has_document_type() const { return document_type_; }

  void startElement(const Poco::XML::XMLString& uri, const Poco::XML::XMLString& local, const Poco::XML::XMLString& qname,
                    const Poco::XML::Attributes& attributes) override;
  void endElement(const Poco::XML::XMLString& uri, const Poco::XML::XMLString& local, const Poco::XML::XMLString& qname) override;
  void characters(const Poco::XML::XMLChar text[], int start, int length) override;

  void startDTD(const Poco::XML::XMLString& name, const Poco::XML::XMLString& public_id, const Poco::XML::XMLString& system_id) override;
  void endDTD() override {}
  void startEntity(const Poco::XML::XMLString& name) override { (void)name; }
  void endEntity(const Poco::XML::XMLString& name) override { (void)name; }
  void startCDATA() override {}
  void endCDATA() override {}
  void comment(const Poco::XML::XMLChar text[], int start, int length) override { (void)text, (void)start, (void)length; }

 private:
  /// A passage that text flows into, from an element to its end.
  struct Flow {
    ports::DocumentPart part;
    std::size_t passage;
    int depth;
  };

  void begin_flow(ports::DocumentPart part);
  void end_flow();
  /// Where the characters of this element go, if anywhere.
  std::optional<std::size_t> passage_for(const std::string& name);
  std::optional<std::size_t> passage_of_property(const std::string& name);
  void read_run(const std::string& name, const Poco::XML::Attributes& attributes);
  void read_names(const std::string& name, const Poco::XML::Attributes& attributes);
  std::size_t beside(ports::DocumentPart part);
  void write(std::string_view text);
  void break_line();
  void stop() { in_.setstate(std::ios::eofbit); }

  Passages& passages_;
  std::istream& in_;
  Content content_;
  std::string root_;
  bool document_type_ = false;
  int depth_ = 0;
  std::vector<Flow> flows_;
  std::map<ports::DocumentPart, std::size_t> beside_;  // what is struck out or hidden, one passage a part
  std::optional<std::size_t> into_;
  int deletions_ = 0;  // elements around that strike out
  int run_depth_ = 0;  // of the run under way, 0 between runs
  bool run_is_hidden_ = false;
};

}  // namespace shide::office_files
