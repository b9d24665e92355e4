@echo off
rem Starts ingest-cli on Windows: finds Java, and leaves the rest to the class dev.ingestkit.cli.start.Start.
setlocal
set "home=%~dp0"
set "home=%home:~0,-1%"
set "jar=%home%\lib\ingest-cli.jar"
if exist "%home%\cli\pom.xml" set "jar=%home%\cli\target\ingest-cli.jar"
set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
if exist "%jar%" goto run
if not exist "%home%\cli\pom.xml" goto missing
echo building ingest-cli (first use) ... 1>&2
pushd "%home%"
call mvn -q -B -Pquick -DskipTests -pl handlers,cli -am package 1>&2
popd
if not exist "%jar%" goto missing
:run
"%java%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Djava.awt.headless=true -Djdk.console=java.base "-Dingest.home=%home%" -cp "%jar%" dev.ingestkit.cli.start.Start %*
exit /b %ERRORLEVEL%
:missing
echo error: '%jar%' does not exist 1>&2
exit /b 4
