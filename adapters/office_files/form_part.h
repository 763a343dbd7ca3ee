// Reads the parts of a .docx in which a form that was filled in elsewhere says what it holds: the tables of the document, cell by cell,
// and the properties by which it is known. What is struck out or hidden is no answer and is left out. A document type is refused.
#pragma once

#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/LexicalHandler.h>

#include <istream>
#include <string>

#include "ports/documents.h"

namespace shide::office_files {

class FormPart : public Poco::XML::DefaultHandler, public Poco::XML::LexicalHandler {
 public:
  /// REQUIRES: both outlive the reader. `in` is brought to its end when there is no use in reading on.
  FormPart(ports::FilledForm& form, std::istream& in) : form_(form), in_(in) {}

  const std::string& root() const { return root_; }
  bool has_document_type() const { return document_type_; }
  /// More than any form holds; what was read so far is not whole.
  bool is_full() const { return bytes_ > ports::kMaximumDocumentText || form_.rows.size() > kMostRows; }

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
  static constexpr std::size_t kMostRows = 2000;

  std::string* cell() { return form_.rows.empty() || form_.rows.back().empty() || !in_cell_ ? nullptr : &form_.rows.back().back(); }
  void write(std::string_view text);
  void stop() { in_.setstate(std::ios::eofbit); }

  ports::FilledForm& form_;
  std::istream& in_;
  std::string root_, property_;
  bool document_type_ = false, in_cell_ = false, in_text_ = false, run_is_hidden_ = false;
  int depth_ = 0, tables_ = 0, left_out_ = 0, run_depth_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace shide::office_files
