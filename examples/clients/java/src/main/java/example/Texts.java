package example;

/** The records that each client sends, and the line that it prints for each that it receives. */
final class Texts {

    static final String[] ALL = {"record-1", "record-2", "record-3", "record-4", "record-5"};

    private Texts() {}

    static void received(String text) {
        System.out.println("received " + text);
    }
}
