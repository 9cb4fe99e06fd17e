package io.genapi.systemtests.harness;

import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.net.URI;

/** OpenAI's client for Java, as its users build it. */
public final class OpenAiSdk {

    private OpenAiSdk() {}

    /** Pointed at a gateway and otherwise unchanged. */
    public static OpenAIOkHttpClient.Builder at(URI gateway) {
        return OpenAIOkHttpClient.builder().baseUrl(gateway + "/v1").apiKey("not-needed-here");
    }
}
