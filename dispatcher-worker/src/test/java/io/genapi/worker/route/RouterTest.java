package io.genapi.worker.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.Route;
import io.genapi.runtime.catalog.Strategy;
import io.genapi.runtime.catalog.Vendor;
import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.job.VendorRequestId;
import io.genapi.worker.Samples;
import io.genapi.worker.attempt.Attempt;
import io.genapi.worker.attempt.History;
import io.genapi.worker.dialect.Dialect;
import io.genapi.worker.dialect.StreamTranslation;
import io.genapi.worker.dialect.VendorRequest;
import io.genapi.worker.dialect.VendorResponse;
import io.genapi.worker.route.Routing.Served;
import io.genapi.worker.route.Routing.Unserved;
import io.genapi.worker.vendor.VendorCall;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {

    private static final ApiError OBJECTION =
            ApiError.invalidRequest(400, "unsupported_parameter", "logit_bias", "Unsupported parameter: 'logit_bias'.");

    private final List<VendorName> objecting = new ArrayList<>();
    private final Router router = router(Samples.twoVendors());

    /** Objects for the vendors that a test names. */
    private final class Picky implements Dialect {

        @Override
        public Optional<ApiError> objection(ChatRequestBody body, Vendor vendor) {
            return objecting.contains(vendor.name()) ? Optional.of(OBJECTION) : Optional.empty();
        }

        @Override
        public VendorRequest request(VendorCall call) {
            throw new AssertionError("nobody is called by routing");
        }

        @Override
        public VendorRequest streamRequest(VendorCall call) {
            throw new AssertionError("nobody is called by routing");
        }

        @Override
        public StreamTranslation stream(Instant begunAt) {
            throw new AssertionError("nobody is called by routing");
        }

        @Override
        public VendorOutcome outcome(VendorResponse response) {
            throw new AssertionError("nobody is called by routing");
        }

        @Override
        public Optional<VendorRequestId> requestId(VendorResponse response) {
            throw new AssertionError("nobody is called by routing");
        }
    }

    @Test
    void findsAllWhoServeAModel() {
        assertEquals(List.of("north", "south"), names(served(Samples.MODEL, Optional.empty())));
    }

    @Test
    void keepsToTheVendorThatTheCallerNames() {
        assertEquals(List.of("south"), names(served(Samples.MODEL, Optional.of(new VendorName("south")))));
    }

    @Test
    void tellsAnUnknownModelInOpenAisWords() {
        ApiError error = unserved("gpt-99", Optional.empty());
        assertEquals(404, error.status());
        assertEquals(Optional.of("model_not_found"), error.code());
        assertEquals("The model `gpt-99` does not exist or you do not have access to it.", error.message());
    }

    @Test
    void keepsTenantsToTheModelsThatTheyMayHave() {
        Router strict = router(Samples.withTenants("acme: { models: [o3, 'gpt-9*'] }"));
        ApiError error = assertInstanceOf(
                        Unserved.class, strict.route(asking("gpt-4o"), new TenantId("acme"), Optional.empty()))
                .error();
        assertEquals(unserved("gpt-99", Optional.empty()).code(), error.code());
        assertEquals("The model `gpt-4o` does not exist or you do not have access to it.", error.message());
        assertInstanceOf(Served.class, strict.route(asking("o3"), new TenantId("acme"), Optional.empty()));
        assertInstanceOf(Served.class, strict.route(asking("gpt-4o"), TenantId.DEFAULT, Optional.empty()));
    }

    @Test
    void tellsWhichVendorsThereAre() {
        ApiError error = unserved("gpt-4o", Optional.of("east"));
        assertEquals(400, error.status());
        assertEquals(Optional.of("vendor"), error.param());
        assertTrue(error.message().contains("'east'") && error.message().contains("[north, south]"), error.message());
    }

    @Test
    void tellsWhoServesTheModelInstead() {
        ApiError error = unserved("o3", Optional.of("south"));
        assertEquals(400, error.status());
        assertTrue(error.message().contains("[north]"), error.message());
    }

    @Test
    void leavesOutWhoCannotBeAskedThat() {
        objecting.add(new VendorName("north"));
        assertEquals(List.of("south"), names(served(Samples.MODEL, Optional.empty())));
    }

    @Test
    void tellsTheObjectionWhereNobodyCanBeAskedThat() {
        objecting.add(new VendorName("north"));
        objecting.add(new VendorName("south"));
        assertEquals(OBJECTION, unserved(Samples.MODEL.value(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "tools":[{"type":"function"}]      | tools    | unsupported_parameter
            "stream":true                      | stream   | unsupported_parameter
            "messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x.example/y"}}]}] | messages | unsupported_parameter
            "messages":[{"role":"user","content":"more than four tokens of text"}] | messages | context_length_exceeded
            """)
    void asksOnlyThoseWhoCan(String field, String param, String code) {
        Router pickier = router(Samples.catalog("""
                vendors: { able: { base-url: "https://a.example" }, plain: { base-url: "https://b.example" } }
                models:
                  both: [{ vendor: plain, tools: false, vision: false, streaming: false, max-context: 4 }, { vendor: able }]
                  plain: [{ vendor: plain, tools: false, vision: false, streaming: false, max-context: 4 }]
                """));
        String messages =
                field.startsWith("\"messages") ? "" : ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
        ChatRequestBody both = Samples.body("{\"model\":\"both\"," + field + messages + "}");
        ChatRequestBody plain = Samples.body("{\"model\":\"plain\"," + field + messages + "}");
        Route route = assertInstanceOf(Served.class, pickier.route(both, TenantId.DEFAULT, Optional.empty()))
                .route();
        assertEquals(List.of("able"), names(route.candidates()));
        ApiError error = assertInstanceOf(Unserved.class, pickier.route(plain, TenantId.DEFAULT, Optional.empty()))
                .error();
        assertEquals(400, error.status());
        assertEquals(Optional.of(param), error.param());
        assertEquals(Optional.of(code), error.code());
    }

    @Test
    void prefersAnotherCandidateAfterAFailure() {
        List<Candidate> candidates = served(Samples.MODEL, Optional.empty());
        for (Candidate failed : candidates) {
            assertEquals(
                    failed, router.ranked(even(candidates), history(failed)).getLast());
        }
        assertEquals(candidates, router.ranked(even(candidates), history(candidates.getFirst(), candidates.getLast())));
    }

    @Test
    void keepsTheOnlyCandidateThatFailed() {
        List<Candidate> only = served(new ModelName("o3"), Optional.empty());
        assertEquals(only, router.ranked(even(only), history(only.getFirst())));
    }

    private Router router(VendorCatalog catalog) {
        return new Router(() -> catalog, _ -> new Picky(), new SplittableRandom(7), () -> Samples.NOW);
    }

    private List<Candidate> served(ModelName model, Optional<VendorName> restriction) {
        return assertInstanceOf(Served.class, router.route(asking(model.value()), TenantId.DEFAULT, restriction))
                .route()
                .candidates();
    }

    private ApiError unserved(String model, Optional<String> restriction) {
        return assertInstanceOf(
                        Unserved.class, router.route(asking(model), TenantId.DEFAULT, restriction.map(VendorName::new)))
                .error();
    }

    private static ChatRequestBody asking(String model) {
        return Samples.body(
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}".formatted(model));
    }

    private static Route even(List<Candidate> candidates) {
        return new Route(Strategy.EVEN, candidates);
    }

    private static List<String> names(List<Candidate> candidates) {
        return candidates.stream().map(each -> each.vendor().name().value()).toList();
    }

    private static History history(Candidate... tried) {
        History history = History.none();
        for (Candidate candidate : tried) {
            history.add(new Attempt(
                    candidate,
                    Samples.NOW,
                    Duration.ZERO,
                    new Unreachable("gone"),
                    Optional.empty(),
                    false,
                    Optional.empty()));
        }
        return history;
    }
}
