// A small HTTP server on loopback that answers as a test says, for adapters that call out.
//
//     HttpSite site([](HttpSite::Request& request, HttpSite::Response& response) { response.send() << request.getURI(); });
//     call(site.address() + "/x");
#pragma once

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>

#include <functional>
#include <string>

namespace shide::testing {

class HttpSite {
 public:
  using Request = Poco::Net::HTTPServerRequest;
  using Response = Poco::Net::HTTPServerResponse;
  using Answer = std::function<void(Request&, Response&)>;  // by several threads at once

  explicit HttpSite(Answer answer, const Poco::Net::ServerSocket& socket = Poco::Net::ServerSocket(Poco::Net::SocketAddress("127.0.0.1", 0)), std::string scheme = "http")
      : answer_(std::move(answer)), scheme_(std::move(scheme)), socket_(socket), server_(new Factory(answer_), socket_, new Poco::Net::HTTPServerParams) {
    server_.start();
  }
  ~HttpSite() { server_.stopAll(true); }
  HttpSite(const HttpSite&) = delete;

  std::string address() const { return scheme_ + "://127.0.0.1:" + std::to_string(socket_.address().port()); }

 private:
  class Handler : public Poco::Net::HTTPRequestHandler {
   public:
    explicit Handler(const Answer& answer) : answer_(answer) {}
    void handleRequest(Request& request, Response& response) override { answer_(request, response); }

   private:
    const Answer& answer_;
  };
  class Factory : public Poco::Net::HTTPRequestHandlerFactory {
   public:
    explicit Factory(const Answer& answer) : answer_(answer) {}
    Poco::Net::HTTPRequestHandler* createRequestHandler(const Request&) override { return new Handler(answer_); }

   private:
    const Answer& answer_;
  };

  Answer answer_;
  std::string scheme_;
  Poco::Net::ServerSocket socket_;
  Poco::Net::HTTPServer server_;
};

}  // namespace shide::testing
