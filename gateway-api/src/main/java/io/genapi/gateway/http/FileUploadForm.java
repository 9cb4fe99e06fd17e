package io.genapi.gateway.http;

import io.genapi.gateway.file.FileShelf;
import io.genapi.gateway.file.IncomingFile;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.text.SentText;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.MultipartStream.MalformedStreamException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * The form with which a file is handed in, {@code multipart/form-data}: the file goes on as it comes, whatever comes before
 * and after it.
 *
 * @param fields the others, by their names
 * @param fileName empty where there was no file
 */
record FileUploadForm(Map<String, String> fields, Optional<String> fileName) {

    static final String FILE = "file";

    private static final int MAX_FIELD_BYTES = 8 * 1024;
    private static final int MAX_FIELDS = 20;
    private static final int MAX_PART_HEAD_BYTES = 8 * 1024;
    private static final int MAX_NAME = 512;

    /**
     * @throws ApiErrorException if it is no such form, or its file is too large or too slow
     * @throws IOException if it breaks off, or the file cannot be kept
     */
    static FileUploadForm read(
            HttpServletRequest request, IncomingFile incoming, FileShelf.Limits limits, InstantSource clock)
            throws IOException {
        String type = request.getContentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            throw new ApiErrorException(ApiError.invalidRequest(
                    415,
                    "unsupported_media_type",
                    "Content-Type",
                    "Send the file as multipart/form-data, with the fields 'file' and 'purpose'."));
        }
        FileUpload upload = new FileUpload();
        upload.setPartHeaderSizeMax(MAX_PART_HEAD_BYTES);
        upload.setHeaderEncoding(StandardCharsets.UTF_8.name());
        try {
            InputStream body = new TimedBody(request.getInputStream(), limits, clock);
            FileItemIterator parts = upload.getItemIterator(new ServletRequestContext(request) {
                @Override
                public InputStream getInputStream() {
                    return body;
                }
            });
            return read(parts, incoming, limits);
        } catch (InvalidFileNameException invalid) {
            throw malformed("its file's name has the character U+0000");
        } catch (FileUploadException | MalformedStreamException malformed) {
            throw malformed("it is not understood (%s)".formatted(malformed.getMessage()));
        }
    }

    private static FileUploadForm read(FileItemIterator parts, IncomingFile incoming, FileShelf.Limits limits)
            throws IOException {
        Map<String, String> fields = new HashMap<>();
        Optional<String> fileName = Optional.empty();
        for (int count = 0; parts.hasNext(); count++) {
            if (count == MAX_FIELDS) {
                throw malformed("it has more than " + MAX_FIELDS + " parts");
            }
            FileItemStream part = parts.next();
            String name = String.valueOf(part.getFieldName());
            try (InputStream content = part.openStream()) {
                if (!name.equals(FILE)) {
                    fields.put(name, text(name, content));
                } else if (fileName.isPresent()) {
                    throw malformed("it has two files");
                } else {
                    fileName = Optional.of(name(part.getName()));
                    take(content, incoming, limits);
                }
            }
        }
        return new FileUploadForm(Map.copyOf(fields), fileName);
    }

    private static void take(InputStream content, IncomingFile incoming, FileShelf.Limits limits) throws IOException {
        if (!incoming.take(content)) {
            throw FileErrors.tooLarge(limits);
        }
    }

    private static String text(String name, InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(MAX_FIELD_BYTES + 1);
        if (bytes.length > MAX_FIELD_BYTES) {
            throw malformed("its part '%s' is larger than %d bytes".formatted(SentText.excerpt(name), MAX_FIELD_BYTES));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Nothing is ever stored under it, but it is shown; a client's own directories are nobody's business. */
    static String name(@Nullable String given) {
        String name = given == null || given.isBlank() ? FILE : given.substring(given.lastIndexOf('/') + 1);
        return SentText.wellFormed(name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name);
    }

    private static ApiErrorException malformed(String why) {
        return new ApiErrorException(ApiError.invalidRequest(
                400,
                "invalid_multipart",
                "We could not read the form of your request: %s. Send multipart/form-data with the fields 'file' and 'purpose'."
                        .formatted(why)));
    }
}
