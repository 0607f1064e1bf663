import {
  type BehaviorOptions,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  PriceClass,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket, HttpMethods, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Duration, type RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { privateBucket } from './private-bucket.js';

export interface ImageStoreProps {
  readonly accessLogs: IBucket;
  readonly removalPolicy: RemovalPolicy;
}

/** Where profile photos and posters are, as CloudCinema documents them. */
const publicPrefixes = ['fotos_perfil', 'fotos_publicas'];

/** Pictures: in a bucket that nobody reaches but the server, and shown to everybody by CloudFront. */
export class ImageStore extends Construct {
  readonly bucket: Bucket;
  /** Where clients see what is in the bucket. */
  readonly publicUrl: string;

  constructor(scope: Construct, id: string, { accessLogs, removalPolicy }: ImageStoreProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      ...privateBucket,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'images/',
      lifecycleRules: [
        { noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      // Browsers put what they were given a signed address for; without a signature, no origin helps.
      cors: [{ allowedMethods: [HttpMethods.PUT, HttpMethods.POST], allowedOrigins: ['*'], allowedHeaders: ['*'] }],
      removalPolicy,
    });
    const origin = S3BucketOrigin.withOriginAccessControl(this.bucket);
    const behaviour: BehaviorOptions = { origin, viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS };
    const distribution = new Distribution(this, 'Delivery', {
      comment: 'Profile photos and posters',
      defaultBehavior: { ...behaviour, functionAssociations: [this.refuse()] },
      additionalBehaviors: Object.fromEntries(publicPrefixes.map((prefix) => [`${prefix}/*`, behaviour])),
      priceClass: PriceClass.PRICE_CLASS_100,
    });
    this.publicUrl = `https://${distribution.distributionDomainName}`;
  }

  /** Films are in the bucket too, and are for people who are logged in: the server gives them signed addresses. */
  private refuse() {
    const code = "function handler() { return { statusCode: 404, statusDescription: 'Not Found' }; }";
    const edgeFunction = new EdgeFunction(this, 'Refuse', {
      comment: 'Everything that is neither a profile photo nor a poster',
      code: FunctionCode.fromInline(code),
      runtime: FunctionRuntime.JS_2_0,
    });
    return { function: edgeFunction, eventType: FunctionEventType.VIEWER_REQUEST };
  }
}
