package io.genapi.schemas.chat;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.chat.ChatRequestReading.Invalid;
import io.genapi.schemas.chat.ChatRequestReading.Valid;
import io.genapi.schemas.error.ApiError;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ChatRequestReaderTest {

    private static final String MINIMAL = "{\"model\":\"m\",\"messages\":[{}]}";

    @Test
    void readsTheModelAndWhetherItStreamsAndKeepsTheBytes() {
        byte[] bytes =
                "{\"stream\":true,\"messages\":[{\"role\":\"user\"}],\"model\":\"gpt-4o\",\"n\":1}".getBytes(UTF_8);
        ChatRequestBody body = valid(bytes);
        assertEquals("gpt-4o", body.model().value());
        assertTrue(body.stream());
        assertSame(bytes, body.bytes());
        assertFalse(valid(MINIMAL).stream());
        assertFalse(valid("{\"stream\":null,\"model\":\"m\",\"messages\":[{}]}").stream());
        assertFalse(valid("{\"stream\":false,\"model\":\"m\",\"messages\":[{}]}").stream());
    }

    @Test
    void readsTheTierThatTheCallerNames() {
        assertEquals(Optional.empty(), valid(MINIMAL).serviceTier());
        assertEquals(Optional.empty(), valid(withTier("null")).serviceTier());
        assertEquals(Optional.of("flex"), valid(withTier("\"flex\"")).serviceTier());
        assertEquals(Optional.of("a number"), valid(withTier("7")).serviceTier());
        assertEquals(Optional.of("an object"), valid(withTier("{\"a\":[1]}")).serviceTier());
        assertEquals(
                Optional.of("a tier to come"),
                valid(withTier("\"a tier to come\"")).serviceTier());
    }

    private static String withTier(String json) {
        return "{\"service_tier\":%s,\"model\":\"m\",\"messages\":[{}]}".formatted(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n\t",
                "{",
                "{\"model\":\"m\",\"messages\":[{}]",
                "{\"model\":\"m\",\"messages\":[{}",
                "{\"model\":\"m",
                "[]",
                "null",
                "true",
                "7",
                "\"text\"",
                "hello",
                "model=m&messages=",
                "{\"model\":\"m\",\"messages\":[{}]} {}",
                "{\"model\":\"m\",\"messages\":[{}]}]",
                "{\"model\":\"m\",\"messages\":[{}]} x",
                "{\"model\":\"m\",\"messages\":[{}],}",
                "{\"model\":\"m\",\"messages\":[{},]}",
                "{'model':'m','messages':[{}]}",
                "{model:\"m\",\"messages\":[{}]}",
                "{\"model\":\"m\",\"messages\":[{}],\"n\":NaN}",
                "{\"model\":\"m\",\"messages\":[{}],\"n\":01}",
                "{\"model\":\"m\",\"messages\":[{}],\"n\":tru}",
                "{\"model\":\"m\",\"messages\":[{}] /* why */}",
                "{\"model\":\"m\",\"messages\":[{\"content\":\"line\nbreak\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"content\":\"\\x\"}]}",
                "{\"model\":\"m\\u12\",\"messages\":[{}]}",
                "\0",
            })
    void refusesWhatIsNotOneJsonObject(String text) {
        assertFault("invalid_json", Optional.empty(), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "missing_required_parameter | model | {}",
                "missing_required_parameter | model | {\"messages\":[{}]}",
                "missing_required_parameter | model | {\"messages\":[{\"model\":\"m\"}]}",
                "missing_required_parameter | messages | {\"model\":\"m\"}",
                "invalid_value | model | {\"model\":null,\"messages\":[{}]}",
                "invalid_value | model | {\"model\":1,\"messages\":[{}]}",
                "invalid_value | model | {\"model\":{},\"messages\":[{}]}",
                "invalid_value | model | {\"model\":[\"m\"],\"messages\":[{}]}",
                "invalid_value | model | {\"model\":true,\"messages\":[{}]}",
                "invalid_value | model | {\"model\":\"\",\"messages\":[{}]}",
                "invalid_value | model | {\"model\":\" \\t\\u2003\",\"messages\":[{}]}",
                "invalid_value | model | {\"model\":\"m\",\"messages\":[{}],\"model\":\"n\"}",
                "invalid_value | model | {\"model\":\"m\",\"messages\":[{}],\"mode\\u006c\":\"n\"}",
                "invalid_value | messages | {\"model\":\"m\",\"messages\":[]}",
                "invalid_value | messages | {\"model\":\"m\",\"messages\":{}}",
                "invalid_value | messages | {\"model\":\"m\",\"messages\":\"hi\"}",
                "invalid_value | messages | {\"model\":\"m\",\"messages\":null}",
                "invalid_value | messages | {\"messages\":[{}],\"messages\":[{}],\"model\":\"m\"}",
                "invalid_value | messages[0] | {\"model\":\"m\",\"messages\":[\"hi\"]}",
                "invalid_value | messages[1] | {\"model\":\"m\",\"messages\":[{},null]}",
                "invalid_value | messages[2] | {\"model\":\"m\",\"messages\":[{},{},[]]}",
                "invalid_value | stream | {\"model\":\"m\",\"messages\":[{}],\"stream\":\"true\"}",
                "invalid_value | stream | {\"model\":\"m\",\"messages\":[{}],\"stream\":1}",
                "invalid_value | service_tier | {\"service_tier\":null,\"messages\":[{}],\"service_tier\":null}",
                "invalid_value | stream | {\"stream\":true,\"model\":\"m\",\"messages\":[{}],\"stream\":true}",
            })
    void refusesAWrongFieldAndNamesIt(String code, String param, String text) {
        assertFault(code, Optional.of(param), text);
    }

    @Test
    void refusesAModelNameThatIsTooLong() {
        String longest = "m".repeat(ChatRequestReader.MAX_MODEL_LENGTH);
        assertEquals(
                longest,
                valid(MINIMAL.replace("\"m\"", "\"" + longest + "\"")).model().value());
        ApiError error =
                assertFault("invalid_value", Optional.of("model"), MINIMAL.replace("\"m\"", "\"" + longest + "m\""));
        assertTrue(error.message().contains("257"), error.message());
        assertTrue(error.message().contains("256"), error.message());
    }

    @Test
    void refusesEveryEncodingButUtf8WithOrWithoutAMark() {
        for (Charset charset :
                new Charset[] {UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE")}) {
            for (String mark : new String[] {"", "\ufeff"}) {
                Invalid invalid = assertInstanceOf(
                        Invalid.class, ChatRequestReader.read((mark + MINIMAL).getBytes(charset)), charset + mark);
                assertTrue(
                        invalid.error().message().contains("not UTF-8"),
                        invalid.error().message());
            }
        }
    }

    @Test
    void readsUtf8WithAMark() {
        byte[] body = ("\ufeff" + MINIMAL).getBytes(UTF_8);
        assertEquals(
                "\ufeff" + MINIMAL.replace("\"m\"", "\"other\""),
                new String(valid(body).withModel("other"), UTF_8));
    }

    @Test
    void refusesBytesThatAreNotUtf8WhereverTheyAre() {
        byte[][] wrongs = {
            {(byte) 0xff}, {(byte) 0x80}, {(byte) 0xc3, '('}, {(byte) 0xe2, (byte) 0x82, '('}, {(byte) 0xf8, 'x'}
        };
        String[] places = {
            "{\"model\":\"#\",\"messages\":[{}]}",
            "{\"model\":\"m\",\"messages\":[{\"content\":\"#\"}]}",
            "{\"model\":\"m\",\"messages\":[{}],\"#\":1}",
            "{\"model\":\"m\",\"messages\":[{}],#\"x\":1}",
        };
        for (String place : places) {
            for (byte[] wrong : wrongs) {
                byte[] body = insert(place, wrong);
                Invalid invalid = assertInstanceOf(Invalid.class, ChatRequestReader.read(body), place);
                assertEquals("invalid_json", invalid.error().code().orElseThrow());
                JsonMapper.shared().readTree(invalid.error().toJson());
            }
        }
    }

    @Test
    void refusesNestingTooDeepToBeMeant() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertFault("invalid_json", Optional.empty(), "{\"model\":\"m\",\"messages\":[{\"content\":" + deep + "}]}");
        assertFault("invalid_json", Optional.empty(), "[".repeat(100_000));
        assertFault("invalid_json", Optional.empty(), "{\"n\":".repeat(100_000));
        String bearable = "[".repeat(200) + "]".repeat(200);
        valid("{\"model\":\"m\",\"messages\":[{\"content\":" + bearable + "}]}");
    }

    @Test
    void refusesAbsurdNamesAndNumbers() {
        assertFault("invalid_json", Optional.empty(), "{\"" + "n".repeat(1_000_000) + "\":1}");
        ChatRequestReading digits = ChatRequestReader.read(
                ("{\"model\":\"m\",\"messages\":[{}],\"n\":" + "9".repeat(1_000_000) + "}").getBytes(UTF_8));
        assertTrue(digits instanceof Invalid || digits instanceof Valid, "must not throw");
    }

    @Test
    void readsNamesThatAreWrittenWithEscapes() {
        ChatRequestBody body =
                valid("{\"\\u006dodel\":\"a\\u0062\\/c\",\"mess\\u0061ges\":[{}],\"stre\\u0061m\":true}");
        assertEquals("ab/c", body.model().value());
        assertTrue(body.stream());
        assertEquals(
                "{\"\\u006dodel\":\"x\",\"mess\\u0061ges\":[{}],\"stre\\u0061m\":true}",
                new String(body.withModel("x"), UTF_8));
    }

    @Test
    void readsLargeBodies() {
        String image = "data:image/png;base64," + "QUJD".repeat(2_500_000);
        String text = "{\"messages\":[{\"content\":\"" + image + "\"}],\"model\":\"m\",\"after\":\"ü\"}";
        assertEquals(text.replace("\"m\"", "\"gpt\""), new String(valid(text).withModel("gpt"), UTF_8));
    }

    @Test
    void neverThrowsWhateverTheBytes() {
        Random random = new Random(7);
        byte[] good =
                "{\"model\":\"gpt\\u00fc😀\",\"messages\":[{\"content\":\"ü€😀\"},{}],\"stream\":false,\"n\":[1.5e3,null]}"
                        .getBytes(UTF_8);
        for (int round = 0; round < 50_000; round++) {
            byte[] body = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
            for (int change = random.nextInt(4); change >= 0 && body.length > 0; change--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            switch (ChatRequestReader.read(body)) {
                case Valid(ChatRequestBody read) -> JsonMapper.shared().readTree(read.withModel("other"));
                case Invalid(ApiError error) -> JsonMapper.shared().readTree(error.toJson());
            }
        }
    }

    static ChatRequestBody valid(String body) {
        return valid(body.getBytes(UTF_8));
    }

    static ChatRequestBody valid(byte[] body) {
        return assertInstanceOf(Valid.class, ChatRequestReader.read(body)).body();
    }

    private static ApiError assertFault(String code, Optional<String> param, String body) {
        ApiError error = assertInstanceOf(Invalid.class, ChatRequestReader.read(body.getBytes(UTF_8)))
                .error();
        assertEquals(400, error.status());
        assertEquals("invalid_request_error", error.type());
        assertEquals(Optional.of(code), error.code(), error.message());
        assertEquals(param, error.param(), error.message());
        return error;
    }

    private static byte[] insert(String template, byte[] bytes) {
        int at = template.indexOf('#');
        byte[] result = Arrays.copyOf(template.substring(0, at).getBytes(UTF_8), template.length() - 1 + bytes.length);
        System.arraycopy(bytes, 0, result, at, bytes.length);
        byte[] rest = template.substring(at + 1).getBytes(UTF_8);
        System.arraycopy(rest, 0, result, at + bytes.length, rest.length);
        return result;
    }
}
