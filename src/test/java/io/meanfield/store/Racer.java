package io.meanfield.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The connection to a process of {@link LeaseRacer}. */
record Racer(BufferedReader in, PrintWriter out) {
  static Racer accept(ServerSocket server) throws IOException {
    Socket socket = server.accept();
    socket.setTcpNoDelay(true);
    return new Racer(
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)),
        new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8));
  }

  void send(String line) {
    out.println(line);
  }

  String answer() throws IOException {
    return String.valueOf(in.readLine());
  }
}
