package io.genapi.worker.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.worker.Samples;
import io.genapi.worker.image.ImageSource.Fetching;
import io.genapi.worker.image.ImageSource.Fetching.Fetched;
import io.genapi.worker.image.ImageSource.Fetching.Refused;
import io.genapi.worker.vendor.VendorAnswer;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Impossible;
import io.genapi.worker.vendor.VendorOutcome.Unprepared;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InliningTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String IMAGE = "{\"type\":\"image_url\",\"image_url\":{\"detail\":\"low\",\"url\":\"%s\"}}";

    private final Deque<Fetching> script = new ArrayDeque<>();
    private final List<URI> fetched = new ArrayList<>();
    private final List<Integer> room = new ArrayList<>();
    private final List<VendorCall> made = new ArrayList<>();
    private long nanos;
    private final List<Duration> limits = new ArrayList<>();
    private Duration slowness = Duration.ofSeconds(5);
    private final Inlining inlining =
            new Inlining(this::fetch, new ImageRules(2_000, Duration.ofSeconds(20), 4_096), () -> nanos);

    private Fetching fetch(URI address, Set<String> types, int maxBytes, Duration limit) {
        fetched.add(address);
        room.add(maxBytes);
        limits.add(limit);
        nanos += slowness.toNanos();
        assertTrue(types.contains("image/png") && limit.compareTo(Duration.ofSeconds(20)) <= 0);
        return script.remove();
    }

    private static Candidate candidate(String dialect, String more) {
        return Samples.catalog("""
                vendors:
                  only: { dialect: %s, base-url: "https://vendor.example/v1"%s }
                models:
                  gpt-4o: [{ vendor: only, model: theirs }]
                """.formatted(dialect, more))
                .candidates(Samples.MODEL)
                .getFirst();
    }

    private static String body(String... urls) {
        String parts =
                String.join(",", List.of(urls).stream().map(IMAGE::formatted).toList());
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":\"http://not.an/image\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"what is it?\"},"
                + parts
                + "]}]}";
    }

    private VendorOutcome call(Candidate candidate, Duration limit, String... urls) throws InterruptedException {
        return inlining.around(Samples.call(candidate, body(urls), limit), this::make)
                .outcome();
    }

    private VendorAnswer make(VendorCall call) {
        made.add(call);
        return VendorAnswer.nameless(new Completed(Samples.completion()));
    }

    private VendorOutcome call(String... urls) throws InterruptedException {
        return call(candidate("gemini", ""), LIMIT, urls);
    }

    private static Fetched png(int bytes) {
        return new Fetched("image/png", new byte[bytes]);
    }

    private String sent() {
        return new String(made.getFirst().body().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void putsTheImageInThePlaceOfItsAddress() throws Exception {
        script.add(new Fetched("image/png", new byte[] {1, 2, 3}));
        assertInstanceOf(Completed.class, call("https://pictures.example/a.png", "data:image/png;base64,AAAA"));
        assertEquals(List.of(URI.create("https://pictures.example/a.png")), fetched);
        assertTrue(sent().contains("\"detail\":\"low\",\"url\":\"data:image/png;base64,AQID\""), sent());
        assertTrue(sent().contains("data:image/png;base64,AAAA"), sent());
        assertTrue(sent().contains("http://not.an/image"), sent());
        assertEquals(LIMIT.minusSeconds(5), made.getFirst().limit());
    }

    @Test
    void leavesAddressesToVendorsThatFetchThemselves() throws Exception {
        assertInstanceOf(Completed.class, call(candidate("openai", ""), LIMIT, "https://pictures.example/a.png"));
        assertInstanceOf(
                Completed.class,
                call(candidate("gemini", ", inline-images: false"), LIMIT, "https://pictures.example/a.png"));
        assertEquals(List.of(), fetched);
        script.add(png(1));
        assertInstanceOf(
                Completed.class,
                call(candidate("openai", ", inline-images: true"), LIMIT, "https://pictures.example/a.png"));
        assertEquals(1, fetched.size());
    }

    @Test
    void saysWhichImageCannotBeHadAndWhy() throws Exception {
        script.add(png(1));
        script.add(new Refused("it leads to an address of a private network", false));
        Impossible impossible = assertInstanceOf(
                Impossible.class, call("https://pictures.example/a.png", "http://intranet.example/secret"));
        assertEquals(400, impossible.error().status());
        assertEquals(
                Optional.of("messages[1].content[2].image_url.url"),
                impossible.error().param());
        String message = impossible.error().message();
        assertTrue(
                message.contains("'intranet.example', because it leads to an address of a private network"), message);
        assertEquals(List.of(), made);
        assertTrue(!impossible.vendorAtFault());
    }

    @Test
    void triesOnceMoreWhatMayPass() throws Exception {
        script.add(new Refused("no whole answer came", true));
        script.add(png(1));
        assertInstanceOf(Completed.class, call("https://pictures.example/a.png"));
        script.add(new Refused("no whole answer came", true));
        script.add(new Refused("the answer has status 503", true));
        assertInstanceOf(Impossible.class, call("https://pictures.example/a.png"));
        assertEquals(4, fetched.size());
    }

    @Test
    void boundsAllImagesOfARequestTogether() throws Exception {
        script.add(png(1_500));
        script.add(png(500));
        assertInstanceOf(Impossible.class, call("https://a.example/1", "https://a.example/2", "https://a.example/3"));
        assertEquals(List.of(2_000, 500), room);
        String[] many = Collections.nCopies(51, "https://a.example/x").toArray(String[]::new);
        Impossible tooMany = assertInstanceOf(Impossible.class, call(many));
        assertEquals(
                Optional.of("messages[1].content[51].image_url.url"),
                tooMany.error().param());
    }

    @Test
    void makesNoCallThatWouldComeTooLateAndBlamesTheImages() throws Exception {
        for (Fetching last : List.of(png(1), new Refused("it took too long", false))) {
            script.add(last);
            Unprepared late = assertInstanceOf(
                    Unprepared.class,
                    call(candidate("gemini", ""), Duration.ofSeconds(5), "https://pictures.example/a.png"));
            assertEquals(504, late.error().status());
            assertEquals(Optional.of("images_too_slow"), late.error().code());
        }
        assertEquals(List.of(), made);
    }

    @Test
    void givesTheVendorItsWholeTimeIfTheDeadlineAllows() throws Exception {
        script.add(png(1));
        assertInstanceOf(
                Completed.class,
                call(candidate("gemini", ", timeout: 30s"), Duration.ofSeconds(36), "https://pictures.example/a.png"));
        assertEquals(Duration.ofSeconds(31), made.getFirst().left());
        assertEquals(Duration.ofSeconds(30), made.getFirst().limit());
        assertTrue(made.getFirst().hasItsTime());
    }

    @Test
    void triesNothingTwiceInLongerThanOnce() throws Exception {
        script.add(new Refused("no whole answer came", true));
        script.add(png(1));
        assertInstanceOf(Completed.class, call("https://pictures.example/a.png"));
        assertEquals(List.of(Duration.ofSeconds(20), Duration.ofSeconds(15)), limits);
        slowness = Duration.ofSeconds(20);
        script.add(new Refused("no whole answer came", true));
        assertInstanceOf(Impossible.class, call("https://pictures.example/a.png"));
        assertEquals(3, fetched.size(), "there was no time for another try");
    }

    @Test
    void saysThatThereIsNoMemoryForImages() throws Exception {
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Inlining small = new Inlining(
                (_, _, _, _) -> {
                    holding.countDown();
                    done.await();
                    return png(1);
                },
                new ImageRules(2_048, Duration.ofSeconds(20), 2_048),
                () -> nanos);
        VendorCall first = Samples.call(candidate("gemini", ""), body("https://pictures.example/a.png"), LIMIT);
        Thread holder = Thread.ofVirtual().start(() -> {
            try {
                VendorAnswer _ = small.around(first, this::make);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        holding.await();
        VendorCall second = first.with(first.body(), Duration.ofMillis(1));
        Unprepared crowded = assertInstanceOf(
                Unprepared.class, small.around(second, this::make).outcome());
        assertEquals(503, crowded.error().status());
        done.countDown();
        holder.join();
        assertEquals(1, made.size());
    }

    @Test
    void givesItsMemoryBackWhateverComesOfIt() throws Exception {
        for (int round = 0; round < 20; round++) {
            script.add(round % 2 == 0 ? png(1_999) : new Refused("it moved", false));
            VendorOutcome _ = call("https://pictures.example/" + round);
        }
        assertEquals(20, fetched.size());
    }

    @Test
    void takesNoAddressThatIsNone() throws Exception {
        for (String url :
                List.of("http://", "https:///etc/passwd", "http://a b/", "http://[::1", "http://ex\u00e4mple/")) {
            assertInstanceOf(Impossible.class, call(url), url);
        }
        assertEquals(List.of(), fetched);
    }
}
