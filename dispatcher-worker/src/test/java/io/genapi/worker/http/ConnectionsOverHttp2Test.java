package io.genapi.worker.http;

import io.genapi.runtime.catalog.Candidate;
import java.io.IOException;

/** The same where HTTP/2 is spoken with who speaks it; without TLS that is nobody. */
class ConnectionsOverHttp2Test extends ConnectionsTest {

    @Override
    Candidate candidate(String baseUrl, String more) throws IOException {
        return super.candidate(baseUrl, more + ", http2: true");
    }
}
