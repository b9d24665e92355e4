package dev.ingestkit.contract;

/** Declares a function that reads the stream Invoices of its template and sends failed batches to the queue Failures. */
final class ProjectorFunction {

    private ProjectorFunction() {}

    /** Returns the function's lines below {@code Resources}; its code is {@code projector.jar} beside the template. */
    static String resource(String handler) {
        return """
              Projector:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: projector.jar
                  Handler: %s
                  Runtime: java17
                  MemorySize: 256
                  Events:
                    Invoices:
                      Type: Kinesis
                      Properties:
                        Stream: !GetAtt Invoices.Arn
                        StartingPosition: TRIM_HORIZON
                        MaximumRetryAttempts: 0
                        DestinationConfig: {OnFailure: {Destination: !GetAtt Failures.Arn}}
            """.formatted(handler);
    }
}
