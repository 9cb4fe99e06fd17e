package io.genapi.systemtests.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Dockerfile as a list of stages, each a list of instructions. */
record Dockerfile(List<Stage> stages) {

    static Dockerfile parse(String text) {
        List<Stage> stages = new ArrayList<>();
        String withoutComments = text.replaceAll("(?m)^\\s*#.*\\R", "");
        for (String line : withoutComments.replaceAll("\\\\\\R\\s*", "").lines().toList()) {
            if (line.isBlank()) {
                continue;
            }
            Instruction instruction = Instruction.parse(line);
            if (instruction.keyword().equals("FROM")) {
                stages.add(Stage.from(instruction));
            } else {
                stages.getLast().instructions().add(instruction);
            }
        }
        return new Dockerfile(List.copyOf(stages));
    }

    Optional<Stage> stage(String name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }

    /** A stage's own instructions after those of the stages that it is built on. */
    List<Instruction> effective(Stage stage) {
        return Stream.concat(
                        stage(stage.base()).stream().flatMap(base -> effective(base).stream()),
                        stage.instructions().stream())
                .toList();
    }

    /** The last instruction of a kind that holds for a stage. */
    Optional<Instruction> last(Stage stage, String keyword) {
        return effective(stage).reversed().stream()
                .filter(instruction -> instruction.keyword().equals(keyword))
                .findFirst();
    }

    /** The stages that are built on no other stage. */
    Stream<Stage> roots() {
        return stages.stream().filter(stage -> stage(stage.base()).isEmpty());
    }

    /** One stage; its list of instructions grows while the file is read. */
    record Stage(String base, String name, List<Instruction> instructions) {

        static Stage from(Instruction from) {
            String[] words = from.text().split("\\s+", -1);
            return new Stage(words[0], words.length > 2 ? words[2] : "", new ArrayList<>());
        }

        Stream<Instruction> all(String keyword) {
            return instructions.stream()
                    .filter(instruction -> instruction.keyword().equals(keyword));
        }
    }

    /** One instruction, its continued lines joined. */
    record Instruction(String keyword, String text) {

        static Instruction parse(String line) {
            String[] parts = line.strip().split("\\s+", 2);
            return new Instruction(parts[0], parts[1]);
        }

        /** The value of a flag such as {@code --from}. */
        Optional<String> flag(String name) {
            String start = "--" + name + "=";
            return words().stream()
                    .filter(word -> word.startsWith(start))
                    .map(word -> word.substring(start.length()))
                    .findFirst();
        }

        /** What a COPY copies. */
        List<String> sources() {
            List<String> paths =
                    words().stream().filter(word -> !word.startsWith("--")).toList();
            return paths.subList(0, paths.size() - 1);
        }

        String target() {
            return words().getLast();
        }

        /** The words of the exec form; empty for the shell form. */
        List<String> exec() {
            return text.startsWith("[")
                    ? JsonMapper.shared()
                            .readTree(text)
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList()
                    : List.of();
        }

        private List<String> words() {
            return List.of(text.split("\\s+", -1));
        }
    }
}
