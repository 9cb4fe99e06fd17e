package io.genapi.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bare connection to a gateway, for requests that no client would send. */
final class Wire implements AutoCloseable {

    /** How long an answer may take before it counts as none. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What {@link #all} ends with where the connection did not end. */
    static final String SILENCE = "\nand then nothing came";

    private static final int MOMENT = 500;

    private static final Pattern LENGTH = Pattern.compile("(?i)\\r\\ncontent-length: *([0-9]+)\\r\\n");

    private final Socket socket;

    Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** The next chunk of a body whose length is not told. */
    Wire chunk(int length) throws IOException {
        send(Integer.toHexString(length) + "\r\n");
        send(new byte[length]);
        return send("\r\n");
    }

    /** The head of the next response, up to its empty line; what there was of it where the connection ends before. */
    String head() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** The body that a head announces by its length; the response without one has none. */
    byte[] body(String head) throws IOException {
        Matcher length = LENGTH.matcher(head);
        return length.find() ? socket.getInputStream().readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
    }

    /**
     * As {@link #rest}, and what there was where the connection breaks. Who sends nothing more counts as gone: that is
     * told only after a moment, to who waits for more.
     */
    String all() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            socket.setSoTimeout(MOMENT);
            in.transferTo(all);
            return all.toString(StandardCharsets.UTF_8);
        } catch (SocketTimeoutException waiting) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
        } catch (IOException broken) {
            return all.toString(StandardCharsets.UTF_8);
        }
        try {
            socket.shutdownOutput();
            in.transferTo(all);
        } catch (SocketTimeoutException silence) {
            return all.toString(StandardCharsets.UTF_8) + SILENCE;
        } catch (IOException broken) {
            return all.toString(StandardCharsets.UTF_8);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** Whatever comes until the connection ends. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The status of the next response. */
    int status() throws IOException {
        String head = head();
        return Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
