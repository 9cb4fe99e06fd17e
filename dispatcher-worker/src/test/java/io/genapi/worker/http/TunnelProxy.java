package io.genapi.worker.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that makes tunnels, wherever they are asked to lead, to one port of this machine. */
final class TunnelProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String login = "";

    private TunnelProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    static TunnelProxy to(int port) throws IOException {
        TunnelProxy proxy = new TunnelProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Where tunnels led that were made. */
    List<String> asked() {
        return asked;
    }

    void wantLogin(String userAndPassword) {
        login = userAndPassword;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader reader = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII), 1);
            while (true) {
                String request = reader.readLine();
                if (request == null) {
                    return;
                }
                boolean known = login.isEmpty();
                String expected = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(US_ASCII));
                for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                    known |= line.equalsIgnoreCase("Proxy-Authorization: " + expected);
                }
                if (known) {
                    asked.add(request.substring("CONNECT ".length(), request.lastIndexOf(' ')));
                    answer(client, "HTTP/1.1 200 Connection established\r\n\r\n");
                    tunnel(client);
                    return;
                }
                answer(client, """
                        HTTP/1.1 407 Proxy Authentication Required\r
                        Proxy-Authenticate: Basic realm="p"\r
                        Content-Length: 0\r
                        \r
                        """);
            }
        } catch (IOException | InterruptedException gone) {
            // The client sees that by itself.
        }
    }

    private static void answer(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private void tunnel(Socket client) throws IOException, InterruptedException {
        try (Socket vendor = new Socket(InetAddress.getLoopbackAddress(), target)) {
            Thread back = Thread.ofVirtual().start(() -> copy(vendor, client));
            copy(client, vendor);
            back.join();
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            // Either side may leave.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
