package io.genapi.systemtests.deploy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docker-compose.yml} as Compose reads it: variables replaced, anchors and merge keys resolved. */
record ComposeFile(JsonNode root) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\$|\\$\\{(\\w+)(?::-([^}]*))?}");

    static ComposeFile read(Repository repository, Map<String, String> environment) {
        String text = VARIABLE.matcher(repository.text("docker-compose.yml"))
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null
                                ? "$"
                                : environment.getOrDefault(
                                        found.group(1), found.group(2) == null ? "" : found.group(2))));
        Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return new ComposeFile(JsonMapper.shared().valueToTree(document));
    }

    /** The variables that a user can set, by the names that the file gives them. */
    static Set<String> variables(Repository repository) {
        Set<String> names = new TreeSet<>();
        VARIABLE.matcher(repository.text("docker-compose.yml"))
                .results()
                .filter(found -> found.group(1) != null)
                .forEach(found -> names.add(found.group(1)));
        return names;
    }

    List<Service> services() {
        return root.path("services")
                .propertyStream()
                .map(service -> new Service(service.getKey(), service.getValue()))
                .toList();
    }

    Service service(String name) {
        return new Service(name, root.path("services").path(name));
    }

    /** The services that are built from this repository. */
    Stream<Service> ours() {
        return services().stream().filter(service -> service.node().has("build"));
    }

    List<Service> brokers() {
        return services().stream()
                .filter(service -> service.name().startsWith("kafka-"))
                .toList();
    }

    Set<String> volumes() {
        return Set.copyOf(root.path("volumes").propertyNames());
    }

    /** One service, by Compose's own field names. */
    record Service(String name, JsonNode node) {

        String text(String field) {
            return node.path(field).asString("");
        }

        List<String> texts(String field) {
            return node.path(field).valueStream().map(JsonNode::asString).toList();
        }

        Set<String> names(String field) {
            return Set.copyOf(node.path(field).propertyNames());
        }

        long seconds(String field) {
            return DurationStyle.detectAndParse(text(field)).toSeconds();
        }

        DataSize memory() {
            return DataSize.parse(text("mem_limit").replace("m", "MB"));
        }

        int replicas() {
            return node.path("deploy").path("replicas").asInt(1);
        }

        boolean isOptional() {
            return node.has("profiles");
        }

        /** An option of the command line, without its dashes. */
        String option(String name) {
            String start = "--" + name + "=";
            return texts("command").stream()
                    .filter(argument -> argument.startsWith(start))
                    .map(argument -> argument.substring(start.length()))
                    .findFirst()
                    .orElse("");
        }

        /** Where named volumes and files of the repository are mounted, as source and target. */
        List<Mount> mounts() {
            return node.path("volumes")
                    .valueStream()
                    .map(volume -> volume.isString()
                            ? Mount.parse(volume.asString())
                            : new Mount(
                                    volume.path("source").asString(),
                                    volume.path("target").asString(),
                                    volume.path("read_only").asBoolean(false)))
                    .toList();
        }
    }

    record Mount(String source, String target, boolean readOnly) {

        static Mount parse(String text) {
            String[] parts = text.split(":", -1);
            return new Mount(parts[0], parts[1], parts.length > 2 && parts[2].equals("ro"));
        }

        boolean isBind() {
            return source.startsWith(".") || source.startsWith("/");
        }
    }
}
