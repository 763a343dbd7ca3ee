#include "host_standalone/server.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerConnection.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/TCPServerConnectionFactory.h>

#include <chrono>
#include <istream>
#include <ostream>
#include <thread>
#include <vector>

namespace shide::host_standalone {
namespace {

using Poco::Net::HTTPServerParams;
using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerResponse;

// A body nobody wanted is read off for a while, or the peer, still sending, would be cut off before it reads our answer.
constexpr std::int64_t kDrainLimit = 64 << 20;
constexpr std::chrono::seconds kDrainTime{10};

shide_text text_of(const std::string& text) { return {text.data(), text.size()}; }
std::string string_of(shide_text text) { return text.bytes ? std::string(text.bytes, text.length) : std::string(); }

/// The body, of a length that is known beforehand.
class Body {
 public:
  Body(std::istream& stream, std::int64_t length) : stream_(stream), left_(length) {}

  /// Takes what has come, at most `size`; fewer bytes than declared is a peer that went away.
  std::int64_t read(char* into, std::size_t size) {
    auto wanted = static_cast<std::streamsize>(std::min<std::int64_t>(left_, static_cast<std::int64_t>(size)));
    if (wanted == 0) return 0;
    stream_.read(into, wanted);
    std::streamsize count = stream_.gcount();
    if (count <= 0) return -1;
    left_ -= count;
    return count;
  }
  std::int64_t left() const { return left_; }
  void drain() {
    char dropped[16 * 1024];
    auto end = std::chrono::steady_clock::now() + kDrainTime;
    for (std::int64_t total = 0; left_ > 0 && total < kDrainLimit && std::chrono::steady_clock::now() < end;) {
      std::int64_t count = read(dropped, sizeof dropped);
      if (count <= 0) return;
      total += count;
    }
  }

 private:
  std::istream& stream_;
  std::int64_t left_;
};

/// One request on its way through the door.
class Exchange {
 public:
  Exchange(HTTPServerRequest& request, HTTPServerResponse& response, std::int64_t body_length)
      : response_(response), body_(request.stream(), body_length) {}

  int32_t write_head(int32_t status, const shide_pair* headers, size_t count) noexcept {
    try {
      response_.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(status));
      for (size_t i = 0; i < count; ++i) {
        std::string name = string_of(headers[i].name);
        if (name == "X-Request-Id") request_id_ = string_of(headers[i].value);
        response_.add(name, string_of(headers[i].value));
      }
      // What is left of the body would be taken for the next request.
      if (body_.left() > 0) response_.setKeepAlive(false);
      status_ = status;
      stream_ = &response_.send();
      return stream_->good() ? 0 : -1;
    } catch (...) {
      return -1;
    }
  }

  int64_t write_body(const char* bytes, size_t size) noexcept {
    try {
      stream_->write(bytes, static_cast<std::streamsize>(size));
      if (!stream_->good()) return -1;
      written_ += static_cast<int64_t>(size);
      return static_cast<int64_t>(size);
    } catch (...) {
      return -1;
    }
  }

  int64_t read_body(char* into, size_t size) noexcept {
    try {
      return body_.read(into, size);
    } catch (...) {
      return -1;
    }
  }

  void finish() {
    if (stream_) stream_->flush();
    if (body_.left() > 0) body_.drain();
  }

  int status() const { return status_; }
  std::int64_t written() const { return written_; }
  const std::string& request_id() const { return request_id_; }

 private:
  HTTPServerResponse& response_;
  Body body_;
  std::ostream* stream_ = nullptr;
  int status_ = 0;
  std::int64_t written_ = 0;
  std::string request_id_;
};

class Handler : public Poco::Net::HTTPRequestHandler {
 public:
  Handler(shide_section* section, const AccessLog& log, Connections& connections)
      : section_(section), log_(log), connections_(connections) {}

  void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override {
    auto began = std::chrono::steady_clock::now();
    std::int64_t length = request.getContentLength64() > 0 ? request.getContentLength64() : 0;
    connections_.begin_answer(current_connection(), length);
    AccessLog::Entry entry{request.getMethod(), request.getURI().substr(0, request.getURI().find('?')), {}, 0, 0, 0};
    if (int status = refused(request); status != 0) {
      refuse(response, status);
      entry.status = status;
    } else {
      answer(request, response, length, entry);
    }
    connections_.end_answer(current_connection());
    entry.microseconds = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began).count();
    log_.write(entry);
  }

 private:
  // A length that is not known beforehand, or told twice, is how requests are smuggled past a proxy; no browser sends either.
  static int refused(const HTTPServerRequest& request) {
    if (request.has("Transfer-Encoding")) return 411;
    int lengths = 0;
    for (const auto& [name, value] : request) {
      if (Poco::icompare(name, "Content-Length") == 0) ++lengths;
    }
    if (lengths > 1) return 400;
    const std::string& uri = request.getURI();
    return uri.empty() || uri.front() != '/' ? 400 : 0;
  }

  static void refuse(HTTPServerResponse& response, int status) {
    response.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(status));
    response.setKeepAlive(false);
    response.setContentType("application/problem+json; charset=utf-8");
    std::string body = R"({"type":"about:blank","title":")" + response.getReason() + R"(","status":)" + std::to_string(status) +
                       R"(,"code":"door.malformed","detail":"Send the body with one Content-Length.","fields":[]})";
    response.setContentLength64(static_cast<Poco::Int64>(body.size()));
    response.send() << body << std::flush;
  }

  void answer(HTTPServerRequest& from, HTTPServerResponse& response, std::int64_t length, AccessLog::Entry& entry) {
    Exchange exchange(from, response, length);
    const std::string& uri = from.getURI();
    std::size_t mark = uri.find('?');
    std::string path = uri.substr(0, mark);
    std::string query = mark == std::string::npos ? "" : uri.substr(mark + 1);
    std::string remote = from.clientAddress().host().toString();
    std::string request_id = from.get("X-Request-Id", "");
    std::vector<shide_pair> headers;
    for (const auto& [name, value] : from) headers.push_back({text_of(name), text_of(value)});

    shide_request request = {};
    request.size = sizeof request;
    request.method = text_of(from.getMethod());
    request.path = text_of(path);
    request.query = text_of(query);
    request.headers = headers.data();
    request.header_count = headers.size();
    request.remote_address = text_of(remote);
    request.request_id = text_of(request_id);
    request.context = &exchange;
    if (length > 0) {
      request.read_body = [](void* context, char* into, size_t size) { return static_cast<Exchange*>(context)->read_body(into, size); };
    }
    shide_response to = {};
    to.size = sizeof to;
    to.context = &exchange;
    to.write_head = [](void* context, int32_t status, const shide_pair* list, size_t count) {
      return static_cast<Exchange*>(context)->write_head(status, list, count);
    };
    to.write_body = [](void* context, const char* bytes, size_t size) {
      return static_cast<Exchange*>(context)->write_body(bytes, size);
    };
    int32_t code = shide_handle(section_, &request, &to);
    if (code != SHIDE_OK) response.setKeepAlive(false);
    exchange.finish();
    entry.status = exchange.status();
    entry.bytes = exchange.written();
    entry.request_id = exchange.request_id();
  }

  shide_section* section_;
  const AccessLog& log_;
  Connections& connections_;
};

class HandlerFactory : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  HandlerFactory(shide_section* section, const AccessLog& log, Connections& connections)
      : section_(section), log_(log), connections_(connections) {}
  Poco::Net::HTTPRequestHandler* createRequestHandler(const HTTPServerRequest&) override {
    return new Handler(section_, log_, connections_);
  }

 private:
  shide_section* section_;
  const AccessLog& log_;
  Connections& connections_;
};

/// A connection that is counted; a peer with too many gets 429 at once and its thread back to the others.
class CountedConnection : public Poco::Net::HTTPServerConnection {
 public:
  CountedConnection(const Poco::Net::StreamSocket& socket, HTTPServerParams::Ptr params, Poco::Net::HTTPRequestHandlerFactory::Ptr factory,
                    Connections& connections)
      : HTTPServerConnection(socket, params, factory), connections_(connections) {}

  void run() override {
    Connections::Handle handle;
    if (!connections_.enter(socket(), handle)) {
      static const std::string kTooMany =
          "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      socket().sendBytes(kTooMany.data(), static_cast<int>(kTooMany.size()));
      return;
    }
    struct Leaving {
      Connections& connections;
      Connections::Handle handle;
      ~Leaving() { connections.leave(handle); }
    } leaving{connections_, handle};
    current_connection() = handle;
    HTTPServerConnection::run();
  }

 private:
  Connections& connections_;
};

class ConnectionFactory : public Poco::Net::TCPServerConnectionFactory {
 public:
  ConnectionFactory(HTTPServerParams::Ptr params, Poco::Net::HTTPRequestHandlerFactory::Ptr factory, Connections& connections)
      : params_(params), factory_(factory), connections_(connections) {}
  Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override {
    return new CountedConnection(socket, params_, factory_, connections_);
  }

 private:
  HTTPServerParams::Ptr params_;
  Poco::Net::HTTPRequestHandlerFactory::Ptr factory_;
  Connections& connections_;
};

HTTPServerParams::Ptr params_of(const Server::Settings& settings) {
  HTTPServerParams::Ptr params = new HTTPServerParams;
  Poco::Timespan time_out(static_cast<long>(settings.limits.waiting.count()), 0);
  params->setTimeout(time_out);
  params->setKeepAlive(true);
  params->setKeepAliveTimeout(Poco::Timespan(5, 0));
  params->setMaxKeepAliveRequests(1000);
  params->setMaxThreads(settings.threads);
  params->setMaxQueued(4 * settings.threads);
  // Now and then a thread misses the signal to stop and sleeps this long before it looks again.
  params->setThreadIdleTime(Poco::Timespan(0, 500'000));
  return params;
}

}  // namespace

Server::Server(Settings settings, shide_section* section, const AccessLog& log)
    : connections_(settings.limits),
      threads_("shided", 2, settings.threads + 2) {
  // Without Poco's SO_REUSEPORT: a second shided on the port must be told so, not share it.
  socket_.bind(Poco::Net::SocketAddress(settings.address, static_cast<Poco::UInt16>(settings.port)), true, false);
  socket_.listen(256);
  HTTPServerParams::Ptr params = params_of(settings);
  Poco::Net::HTTPRequestHandlerFactory::Ptr handlers = new HandlerFactory(section, log, connections_);
  server_ = std::make_unique<Poco::Net::TCPServer>(new ConnectionFactory(params, handlers, connections_), threads_, socket_, params);
  server_->start();
}

Server::~Server() { stop(std::chrono::seconds(0)); }

void Server::sweep() { connections_.sweep(server_->queuedConnections()); }

int Server::port() const { return server_->port(); }

void Server::stop(std::chrono::seconds grace) {
  if (stopped_) return;
  stopped_ = true;
  server_->stop();
  auto give_up = std::chrono::steady_clock::now() + grace;
  connections_.shut(false);
  while (connections_.count() > 0 && std::chrono::steady_clock::now() < give_up) {
    connections_.shut(false);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  while (connections_.count() > 0) {
    connections_.shut(true);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  server_.reset();
  threads_.joinAll();
}

}  // namespace shide::host_standalone
