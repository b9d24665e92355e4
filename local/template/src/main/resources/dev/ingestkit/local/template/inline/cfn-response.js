// Answers CloudFormation for a custom resource, like the module that Lambda adds to inline code.
'use strict';

exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';

exports.send = (event, context, responseStatus, responseData, physicalResourceId, noEcho) => {
  const body = JSON.stringify({
    Status: responseStatus,
    Reason: `See the log stream ${context.logStreamName}`,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: responseData,
  });
  return fetch(event.ResponseURL, { method: 'PUT', body, headers: { 'content-type': '' } }).then(
    (response) => {
      console.log('CloudFormation answered', response.status);
      context.done();
    },
    (error) => {
      console.error('CloudFormation cannot be answered', error);
      context.done();
    },
  );
};
