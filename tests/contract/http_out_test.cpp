// Whom a call trusts: a certificate of a school's own authority only where that authority is named. Time-outs and addresses are tried in
// public_http_test, limits and odd answers in publisher_test.
#include "http_out/client.h"

#include <gtest/gtest.h>

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureServerSocket.h>

#include <cstdlib>
#include <fstream>

#include "support/http_site.h"
#include "support/refusal.h"
#include "support/temporary_folder.h"

namespace shide::http_out {
namespace {

using testing::HttpSite;
using testing::refusal;
using testing::TemporaryFolder;

/// A certificate that signs itself, and so is its own authority; gone with the test.
class OwnAuthority {
 public:
  OwnAuthority() {
    std::string command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout '" +
                          key() + "' -out '" + certificate() + "' 2>/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl makes no certificate");
  }
  std::string key() const { return folder_.path() + "/key.pem"; }
  std::string certificate() const { return folder_.path() + "/certificate.pem"; }

 private:
  TemporaryFolder folder_{"shide-authority"};
};

class Trust_R7 : public ::testing::Test {
 protected:
  std::string get(const std::string& ca_file) {
    auto answer = call({.url = site_.address() + "/", .ca_file = ca_file});
    return answer ? answer->body : refusal(answer);
  }
  OwnAuthority authority_;
  HttpSite site_{[](HttpSite::Request&, HttpSite::Response& response) { response.send() << "hello"; },
                 Poco::Net::SecureServerSocket(Poco::Net::SocketAddress("127.0.0.1", 0), 64,
                                               new Poco::Net::Context(Poco::Net::Context::SERVER_USE, authority_.key(), authority_.certificate(), "", Poco::Net::Context::VERIFY_NONE)),
                 "https"};
};

TEST_F(Trust_R7, ACertificateOfAStrangerIsRefusedAndSaid) {
  EXPECT_EQ(get(""), "http_out.not_trusted");
  OwnAuthority another;
  EXPECT_EQ(get(another.certificate()), "http_out.not_trusted");
}

TEST_F(Trust_R7, OneOfANamedAuthorityIsTrusted) { EXPECT_EQ(get(authority_.certificate()), "hello"); }

TEST_F(Trust_R7, AFileThatIsNoCertificateTrustsNobody) {
  std::string file = authority_.key() + ".txt";
  std::ofstream(file) << "nonsense";
  EXPECT_NE(get(file), "hello");
  EXPECT_NE(get("/nowhere/ca.pem"), "hello");
}

}  // namespace
}  // namespace shide::http_out
