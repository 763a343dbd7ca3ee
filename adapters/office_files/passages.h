// The passages of a document as they are found, part by part of the package.
//
//     auto body = passages.begin(DocumentPart::kBody);  passages.append(body, "...");  passages.add(DocumentPart::kAuthor, "...");
#pragma once

#include <string_view>
#include <vector>

#include "ports/documents.h"

namespace shide::office_files {

class Passages {
 public:
  /// A passage that grows; it keeps its place in the order however late its text comes.
  std::size_t begin(ports::DocumentPart part);
  void append(std::size_t passage, std::string_view text);
  void break_line(std::size_t passage);
  /// A whole passage; the second of two that are the same is left out: programs save a text box twice, for old readers and new.
  void add(ports::DocumentPart part, std::string_view text);

  bool is_full() const { return bytes_ > ports::kMaximumDocumentText; }

  /// What has any text, blanks at the ends trimmed: the text first, then part by part.
  std::vector<ports::DocumentPassage> in_order() const;

 private:
  std::vector<ports::DocumentPassage> passages_;
  std::size_t bytes_ = 0;
};

}  // namespace shide::office_files
