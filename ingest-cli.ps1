# Starts ingest-cli in PowerShell: finds Java, and leaves the rest to the class dev.ingestkit.cli.start.Start.
$directory = $PSScriptRoot
$checkout = Test-Path (Join-Path $directory 'cli/pom.xml')
$jar = Join-Path $directory $(if ($checkout) { 'cli/target/ingest-cli.jar' } else { 'lib/ingest-cli.jar' })
$java = 'java'
if ($env:JAVA_HOME) {
    $named = Join-Path $env:JAVA_HOME $(if ($env:OS -eq 'Windows_NT') { 'bin/java.exe' } else { 'bin/java' })
    if (Test-Path $named) { $java = $named }
}
if ($checkout -and -not (Test-Path $jar)) {
    [Console]::Error.WriteLine('building ingest-cli (first use) ...')
    Push-Location $directory
    & mvn -q -B -Pquick -DskipTests -pl 'handlers,cli' -am package
    Pop-Location
}
if (-not (Test-Path $jar)) {
    [Console]::Error.WriteLine("error: '$jar' does not exist")
    exit 4
}
$flags = '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:-UsePerfData', '-Djava.awt.headless=true', '-Djdk.console=java.base', "-Dingest.home=$directory"
if ($MyInvocation.ExpectingInput) {
    $input | & $java @flags -cp $jar dev.ingestkit.cli.start.Start @args
} else {
    & $java @flags -cp $jar dev.ingestkit.cli.start.Start @args
}
exit $LASTEXITCODE
